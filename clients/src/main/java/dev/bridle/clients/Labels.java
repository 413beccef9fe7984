package dev.bridle.clients;

import dev.bridle.events.PredictionLabeled;

/** The truth of answers, as it comes in. */
public final class Labels {
  private Labels() {}

  static String line(PredictionLabeled event) {
    return "%s '%s' was in truth %s".formatted(event.model(), event.id(), event.labels());
  }

  public static void main(String[] arguments) {
    Printer.print(arguments, PredictionLabeled.class, Labels::line);
  }
}
