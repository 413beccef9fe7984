package dev.bridle.clients;

import dev.bridle.events.PolicyAdopted;

/** By which rules a run is judged from an epoch on. */
public final class AdoptedPolicies {
  private AdoptedPolicies() {}

  static String line(PolicyAdopted event) {
    return "%s from epoch %d: %s".formatted(event.run(), event.fromEpoch(), event.policy());
  }

  public static void main(String[] arguments) {
    Printer.print(arguments, PolicyAdopted.class, AdoptedPolicies::line);
  }
}
