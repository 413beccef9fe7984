package dev.bridle.clients;

import dev.bridle.events.AlertRaised;

/** Alerts, for a chat or a pager. */
public final class Alerts {
  private Alerts() {}

  static String line(AlertRaised event) {
    return "%s %s epoch %d, %s: %s. Try: %s"
        .formatted(
            event.severity(),
            event.run(),
            event.epoch(),
            event.rule(),
            event.message(),
            event.remedy());
  }

  public static void main(String[] arguments) {
    Printer.print(arguments, AlertRaised.class, Alerts::line);
  }
}
