package dev.bridle.clients;

import dev.bridle.events.PredictionMade;

/**
 * What served models answered, and how sure they were: for an archive, or a monitor of your own.
 */
public final class Predictions {
  private Predictions() {}

  static String line(PredictionMade event) {
    StringBuilder line = new StringBuilder();
    line.append("%s/%d answered '%s'".formatted(event.model(), event.version(), event.id()));
    event
        .outputs()
        .forEach((name, output) -> line.append(" %s %s".formatted(name, output.values())));
    return line.toString();
  }

  public static void main(String[] arguments) {
    Printer.print(arguments, PredictionMade.class, Predictions::line);
  }
}
