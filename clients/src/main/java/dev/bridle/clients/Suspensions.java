package dev.bridle.clients;

import dev.bridle.events.AttemptSuspended;

/** Which runs were put aside. */
public final class Suspensions {
  private Suspensions() {}

  static String line(AttemptSuspended event) {
    return "%s attempt %d is put aside after epoch %d: %s"
        .formatted(event.run(), event.attempt(), event.lastEpoch(), event.reason());
  }

  public static void main(String[] arguments) {
    Printer.print(arguments, AttemptSuspended.class, Suspensions::line);
  }
}
