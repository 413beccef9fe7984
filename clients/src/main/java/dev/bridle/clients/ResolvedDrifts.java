package dev.bridle.clients;

import dev.bridle.events.DriftResolved;

/** Drifts that are over. */
public final class ResolvedDrifts {
  private ResolvedDrifts() {}

  static String line(DriftResolved event) {
    return "%s is over since %s".formatted(event.drift(), event.time());
  }

  public static void main(String[] arguments) {
    Printer.print(arguments, DriftResolved.class, ResolvedDrifts::line);
  }
}
