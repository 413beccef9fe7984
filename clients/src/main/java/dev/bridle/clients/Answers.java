package dev.bridle.clients;

import dev.bridle.events.SignalAcknowledged;

/** What became of a signal. */
public final class Answers {
  private Answers() {}

  static String line(SignalAcknowledged event) {
    return "%s: %s".formatted(event.signal(), event.answer());
  }

  public static void main(String[] arguments) {
    Printer.print(arguments, SignalAcknowledged.class, Answers::line);
  }
}
