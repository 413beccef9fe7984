package dev.bridle.monitor.run;

import dev.bridle.events.AttemptStarted;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.PolicyAdopted;
import dev.bridle.events.PolicyChanged;
import dev.bridle.events.PolicyOrigin;
import dev.bridle.events.PolicySpec;
import dev.bridle.events.TrainingEvent;
import dev.bridle.monitor.Curves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A run as the monitor sees it, fed by hand. */
final class RunFold {
  final List<TrainingEvent> decisions = new ArrayList<>();
  final List<PolicyAdopted> adopted = new ArrayList<>();
  final MemoryHistory history = new MemoryHistory();
  private final RunJudge judge;
  private Optional<RunState> state = Optional.empty();

  RunFold(PolicyBook book) {
    judge = new RunJudge(Duration.ofHours(1), book);
  }

  RunState state() {
    return state.orElseThrow();
  }

  Judgment start(int attempt, int resumedFromEpoch, Optional<PolicySpec> policy) {
    return take(
        judge.started(
            state,
            new AttemptStarted(
                Curves.RUN, attempt, resumedFromEpoch, "digits", "demo", 60, policy, Curves.START),
            history));
  }

  void complete(List<EpochCompleted> epochs) {
    epochs.forEach(epoch -> take(judge.completed(state, epoch, history)));
  }

  Judgment change(PolicySpec policy, PolicyOrigin origin) {
    return take(
        judge.policyChanged(
            state(),
            new PolicyChanged(
                Curves.RUN,
                state().attempt(),
                policy,
                origin,
                Curves.START.plusSeconds(state().lastEpoch())),
            history));
  }

  private Judgment take(Judgment judgment) {
    state = Optional.of(judgment.state());
    for (TrainingEvent decision : judgment.decisions()) {
      if (decision instanceof PolicyAdopted adoption) {
        adopted.add(adoption);
      } else {
        decisions.add(decision);
      }
    }
    return judgment;
  }
}
