package dev.bridle.clients;

import dev.bridle.events.PolicyChanged;

/** Who changed by which rules a run is judged. */
public final class PolicyChanges {
  private PolicyChanges() {}

  static String line(PolicyChanged event) {
    return "%s is to be judged by %s, says %s"
        .formatted(event.run(), event.policy(), event.origin());
  }

  public static void main(String[] arguments) {
    Printer.print(arguments, PolicyChanged.class, PolicyChanges::line);
  }
}
