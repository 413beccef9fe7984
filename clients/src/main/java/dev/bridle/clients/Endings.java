package dev.bridle.clients;

import dev.bridle.events.RunEnded;

/** How training ended: a good trigger for what comes after it. */
public final class Endings {
  private Endings() {}

  static String line(RunEnded event) {
    return "%s: %s".formatted(event.run(), event.outcome());
  }

  public static void main(String[] arguments) {
    Printer.print(arguments, RunEnded.class, Endings::line);
  }
}
