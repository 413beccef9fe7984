package dev.bridle.monitor.run;

import dev.bridle.events.AlertRaised;
import dev.bridle.events.AlertResolved;
import dev.bridle.events.ControlSignal;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.SignalId;
import dev.bridle.events.SignalIssued;
import dev.bridle.events.TrainingEvent;
import dev.bridle.monitor.policy.Policy;
import dev.bridle.monitor.rule.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Turns what the rules think after one epoch into what is published: at most one event a rule. */
final class EpochVerdicts {
  private final EpochCompleted epoch;
  private final Duration signalLifetime;
  private final List<TrainingEvent> decisions = new ArrayList<>();

  EpochVerdicts(EpochCompleted epoch, Duration signalLifetime) {
    this.epoch = epoch;
    this.signalLifetime = signalLifetime;
  }

  List<TrainingEvent> decisions() {
    return decisions;
  }

  /** The run's state after the verdict. */
  RunState take(RunState state, Policy policy, String rule, Verdict verdict) {
    return verdict.accept(new Taking(state, policy, rule));
  }

  private SignalId id(String rule) {
    return SignalId.of(epoch.run(), epoch.attempt(), epoch.epoch(), rule);
  }

  private void signal(
      String rule, ControlSignal signal, String reason, Map<String, Double> evidence) {
    decisions.add(
        new SignalIssued(
            id(rule),
            epoch.run(),
            epoch.attempt(),
            epoch.epoch(),
            rule,
            signal,
            reason,
            evidence,
            epoch.time().plus(signalLifetime),
            epoch.time()));
  }

  private final class Taking implements Verdict.Visitor<RunState> {
    private final RunState state;
    private final Policy policy;
    private final String rule;

    private Taking(RunState state, Policy policy, String rule) {
      this.state = state;
      this.policy = policy;
      this.rule = rule;
    }

    @Override
    public RunState keepTraining(Verdict.KeepTraining verdict) {
      return state;
    }

    @Override
    public RunState stopTraining(Verdict.StopTraining verdict) {
      if (!state.judging() || state.stopWishes().contains(rule)) {
        return state;
      }
      RunState wished = state.withStopWish(rule);
      if (!policy.stopsBy(wished.stopWishes().size())) {
        return wished;
      }
      signal(
          rule,
          new ControlSignal.StopTraining(verdict.bestEpoch()),
          verdict.reason(),
          verdict.evidence());
      return wished.judgingNoMore();
    }

    @Override
    public RunState reduceLearningRate(Verdict.ReduceLearningRate verdict) {
      signal(
          rule,
          new ControlSignal.ReduceLearningRate(verdict.factor()),
          verdict.reason(),
          verdict.evidence());
      return state;
    }

    @Override
    public RunState strengthenRegularization(Verdict.StrengthenRegularization verdict) {
      signal(
          rule,
          new ControlSignal.StrengthenRegularization(verdict.technique(), verdict.factor()),
          verdict.reason(),
          verdict.evidence());
      return state;
    }

    @Override
    public RunState raiseAlert(Verdict.RaiseAlert verdict) {
      decisions.add(
          new AlertRaised(
              id(rule),
              epoch.run(),
              epoch.attempt(),
              epoch.epoch(),
              rule,
              verdict.severity(),
              verdict.message(),
              verdict.evidence(),
              verdict.remedy(),
              epoch.time()));
      return state.withOpenAlert(rule, id(rule));
    }

    @Override
    public RunState resolveAlert(Verdict.ResolveAlert verdict) {
      SignalId alert = state.openAlerts().get(rule);
      if (alert == null) {
        return state;
      }
      decisions.add(
          new AlertResolved(
              alert, epoch.run(), epoch.attempt(), epoch.epoch(), rule, epoch.time()));
      return state.withoutOpenAlert(rule);
    }
  }
}
