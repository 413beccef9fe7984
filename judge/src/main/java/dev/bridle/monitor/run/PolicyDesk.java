package dev.bridle.monitor.run;

import dev.bridle.events.AlertRaised;
import dev.bridle.events.AttemptStarted;
import dev.bridle.events.PolicyAdopted;
import dev.bridle.events.PolicyOrigin;
import dev.bridle.events.PolicySpec;
import dev.bridle.events.Severity;
import dev.bridle.events.SignalId;
import dev.bridle.events.TrainingEvent;
import dev.bridle.monitor.policy.Policy;
import dev.bridle.monitor.rule.InvalidPolicyException;
import dev.bridle.monitor.run.PolicyBook.Standing;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Which policy judges a run, and what is said of it. */
final class PolicyDesk {
  private static final String POLICY = "policy";

  private final PolicyBook book;
  private final Function<PolicySpec, Policy> policies;

  PolicyDesk(PolicyBook book, Function<PolicySpec, Policy> policies) {
    this.book = book;
    this.policies = policies;
  }

  /** An operator's for this run, else the submission's if it can be read, else what stands. */
  Standing chosen(Optional<RunState> before, AttemptStarted start) {
    return operators(before)
        .or(
            () ->
                start
                    .policy()
                    .filter(asked -> problem(asked).isEmpty())
                    .map(asked -> new Standing(asked, PolicyOrigin.SUBMISSION)))
        .orElseGet(() -> book.standing(start.experiment()));
  }

  /** Of a submission whose policy would count, but cannot be read. */
  Optional<AlertRaised> alert(Optional<RunState> before, AttemptStarted start) {
    return operators(before).isPresent()
        ? Optional.empty()
        : start
            .policy()
            .flatMap(this::problem)
            .map(
                text ->
                    alert(
                        start,
                        start.resumedFromEpoch(),
                        text + "; the default policy is in force"));
  }

  /** Of a run that nobody announced: what judged it before, else what stands. */
  Standing unannounced(Optional<RunState> before) {
    return before
        .map(run -> new Standing(run.policy().spec(), run.origin()))
        .orElseGet(() -> book.standing(""));
  }

  Optional<String> problem(PolicySpec spec) {
    try {
      policies.apply(spec);
      return Optional.empty();
    } catch (InvalidPolicyException e) {
      return Optional.of(e.getMessage());
    }
  }

  /** The run before its first epoch. What its policy froze before stays as it is. */
  RunState initial(Optional<RunState> before, int attempt, String experiment, Standing said) {
    Policy policy =
        before
            .map(RunState::policy)
            .filter(known -> known.isAskedAs(said.policy()))
            .orElseGet(() -> policies.apply(book.frozen(experiment, said.policy())));
    return RunState.initial(attempt, experiment, policy, said.origin());
  }

  static PolicyAdopted adopted(RunState state, TrainingEvent cause, int fromEpoch) {
    return new PolicyAdopted(
        cause.run(),
        state.attempt(),
        fromEpoch,
        state.policy().spec(),
        state.origin(),
        cause.time());
  }

  static AlertRaised alert(TrainingEvent cause, int epoch, String message) {
    return new AlertRaised(
        SignalId.of(cause.run(), cause.attempt(), epoch, POLICY),
        cause.run(),
        cause.attempt(),
        epoch,
        POLICY,
        Severity.WARNING,
        message,
        Map.of(),
        "Correct the policy; the catalog of rules says what can be set.",
        cause.time());
  }

  private static Optional<Standing> operators(Optional<RunState> before) {
    return before
        .filter(run -> run.origin() == PolicyOrigin.OPERATOR)
        .map(run -> new Standing(run.policy().spec(), run.origin()));
  }
}
