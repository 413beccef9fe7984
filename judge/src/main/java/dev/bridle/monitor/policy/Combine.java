package dev.bridle.monitor.policy;

import dev.bridle.events.PolicySpec;
import dev.bridle.monitor.rule.InvalidPolicyException;
import java.util.Arrays;
import java.util.List;

/** How the wishes of a policy's stopping rules add up. A wish holds once it was expressed. */
enum Combine {
  /** The first wish stops the run. */
  ANY("any"),
  /** Every stopping rule has to wish it. */
  ALL("all"),
  /** As many as {@code k} says have to. */
  K_OF_N("kOfN");

  private final String name;

  Combine(String name) {
    this.name = name;
  }

  /**
   * How many wishes stop a run.
   *
   * @param stoppingRules how many rules may wish it
   * @throws InvalidPolicyException if the policy combines in no way known, or k is out of its
   *     limits
   */
  static int wishesNeeded(PolicySpec policy, int stoppingRules) {
    Combine combine = named(policy.combine());
    if (combine != K_OF_N) {
      if (policy.k().isPresent()) {
        throw new InvalidPolicyException(
            "policy.k", "does not apply: policy.combine is " + policy.combine());
      }
      return combine == ANY ? 1 : Math.max(1, stoppingRules);
    }
    int k =
        policy
            .k()
            .orElseThrow(
                () -> new InvalidPolicyException("policy.k", "is required by combine kOfN"));
    if (k < 1 || k > stoppingRules) {
      throw new InvalidPolicyException(
          "policy.k",
          "should be between 1 and %d, the rules that can stop: was %d"
              .formatted(stoppingRules, k));
    }
    return k;
  }

  private static Combine named(String name) {
    return Arrays.stream(values())
        .filter(combine -> combine.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidPolicyException(
                    "policy.combine", "should be one of %s: was %s".formatted(names(), name)));
  }

  private static List<String> names() {
    return Arrays.stream(values()).map(combine -> combine.name).toList();
  }
}
