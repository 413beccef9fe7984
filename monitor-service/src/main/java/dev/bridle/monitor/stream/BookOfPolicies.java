package dev.bridle.monitor.stream;

import dev.bridle.events.PolicySpec;
import dev.bridle.monitor.book.StandingPolicies;
import dev.bridle.monitor.run.PolicyBook;

/** The policies that stand, and the runs that finished, as this instance knows them. */
record BookOfPolicies(StandingPolicies policies, FinishedRuns finished) implements PolicyBook {
  @Override
  public Standing standing(String experiment) {
    return policies.of(experiment);
  }

  @Override
  public PolicySpec frozen(String experiment, PolicySpec policy) {
    return finished.frozen(experiment, policy);
  }
}
