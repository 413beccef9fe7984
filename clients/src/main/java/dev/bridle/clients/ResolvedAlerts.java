package dev.bridle.clients;

import dev.bridle.events.AlertResolved;

/** Alerts that no longer hold. */
public final class ResolvedAlerts {
  private ResolvedAlerts() {}

  static String line(AlertResolved event) {
    return "%s no longer holds, at epoch %d".formatted(event.alert(), event.epoch());
  }

  public static void main(String[] arguments) {
    Printer.print(arguments, AlertResolved.class, ResolvedAlerts::line);
  }
}
