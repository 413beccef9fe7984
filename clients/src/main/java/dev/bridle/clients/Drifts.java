package dev.bridle.clients;

import dev.bridle.events.DriftRaised;

/** Models whose uncertainty left what it was: for a pager, or to ask for labels. */
public final class Drifts {
  private Drifts() {}

  static String line(DriftRaised event) {
    return "%s/%d: %s of %s %s, distance %.3f over %d rows"
        .formatted(
            event.model(),
            event.version(),
            event.measure(),
            event.output(),
            event.risen() ? "rose" : "fell",
            event.distance(),
            event.rows());
  }

  public static void main(String[] arguments) {
    Printer.print(arguments, DriftRaised.class, Drifts::line);
  }
}
