package dev.bridle.clients;

import dev.bridle.events.SignalIssued;

/** What the monitor asks trainers to do, and why. */
public final class Signals {
  private Signals() {}

  static String line(SignalIssued event) {
    return "%s epoch %d, %s: %s, because %s"
        .formatted(event.run(), event.epoch(), event.rule(), event.signal(), event.reason());
  }

  public static void main(String[] arguments) {
    Printer.print(arguments, SignalIssued.class, Signals::line);
  }
}
