package dev.bridle.monitor.policy;

import dev.bridle.monitor.rule.InvalidPolicyException;
import java.util.Locale;

/** How the wishes of a policy's stopping rules add up. A wish holds once it was expressed. */
public enum Combine {
  /** The first wish stops the run. */
  ANY,
  /** Every stopping rule has to wish it. */
  ALL;

  static Combine named(String name) {
    for (Combine combine : values()) {
      if (combine.name().toLowerCase(Locale.ROOT).equals(name)) {
        return combine;
      }
    }
    throw new InvalidPolicyException("policy.combine", "should be one of [any, all]: was " + name);
  }

  boolean satisfiedBy(int wishes, int stoppingRules) {
    return wishes > 0 && (this == ANY || wishes == stoppingRules);
  }
}
