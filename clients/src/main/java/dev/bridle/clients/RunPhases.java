package dev.bridle.clients;

import dev.bridle.events.RunChanged;

/** A board of runs: the newest phase of each. */
public final class RunPhases {
  private RunPhases() {}

  static String line(RunChanged event) {
    return "%s (%s) attempt %d: %s%s"
        .formatted(
            event.run(),
            event.name(),
            event.attempt(),
            event.phase(),
            event.reason().map(reason -> ", " + reason).orElse(""));
  }

  public static void main(String[] arguments) {
    Printer.print(arguments, RunChanged.class, RunPhases::line);
  }
}
