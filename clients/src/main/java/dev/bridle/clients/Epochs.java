package dev.bridle.clients;

import dev.bridle.events.EpochCompleted;

/** Learning curves, for a plot of your own. */
public final class Epochs {
  private Epochs() {}

  static String line(EpochCompleted event) {
    return "%s epoch %d: %s".formatted(event.run(), event.epoch(), event.metrics());
  }

  public static void main(String[] arguments) {
    Printer.print(arguments, EpochCompleted.class, Epochs::line);
  }
}
