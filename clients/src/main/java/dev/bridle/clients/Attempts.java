package dev.bridle.clients;

import dev.bridle.events.AttemptStarted;

/** Who began, and where a takeover went on. */
public final class Attempts {
  private Attempts() {}

  static String line(AttemptStarted event) {
    return "%s attempt %d of %d epochs%s"
        .formatted(
            event.run(),
            event.attempt(),
            event.plannedEpochs(),
            event.resumedFromEpoch() == 0
                ? ""
                : ", resumed after epoch " + event.resumedFromEpoch());
  }

  public static void main(String[] arguments) {
    Printer.print(arguments, AttemptStarted.class, Attempts::line);
  }
}
