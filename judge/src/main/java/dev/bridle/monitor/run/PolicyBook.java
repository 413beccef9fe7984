package dev.bridle.monitor.run;

import dev.bridle.events.PolicyOrigin;
import dev.bridle.events.PolicySpec;
import dev.bridle.monitor.policy.Policy;

/** What is known beyond a run: policies for those that bring none, and what finished runs left. */
public interface PolicyBook {
  /** The monitor's own defaults, and no finished runs. */
  PolicyBook EMPTY = experiment -> new Standing(Policy.defaultSpec(), PolicyOrigin.DEFAULT);

  /** A policy for many runs, and who said it. */
  record Standing(PolicySpec policy, PolicyOrigin origin) {}

  /** The policy of an experiment's runs that bring none; a legal one. */
  Standing standing(String experiment);

  /**
   * The same policy, with what its rules take from finished runs of the experiment frozen in it.
   */
  default PolicySpec frozen(String experiment, PolicySpec policy) {
    return policy;
  }
}
