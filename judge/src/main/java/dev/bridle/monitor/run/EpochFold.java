package dev.bridle.monitor.run;

import dev.bridle.events.AlertRaised;
import dev.bridle.events.AlertResolved;
import dev.bridle.events.ControlSignal;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.Severity;
import dev.bridle.events.SignalId;
import dev.bridle.events.SignalIssued;
import dev.bridle.events.TrainingEvent;
import dev.bridle.monitor.policy.Policy;
import dev.bridle.monitor.policy.PolicyRule;
import dev.bridle.monitor.rule.Judged;
import dev.bridle.monitor.rule.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One epoch, judged by every rule of the run's policy: the run's next state, and what is said, at
 * most one event a rule.
 */
final class EpochFold {
  private final RunState before;
  private final EpochCompleted epoch;
  private final Duration signalLifetime;
  private final Object[] states;
  private final List<TrainingEvent> decisions = new ArrayList<>(0);
  private RuleMemory memory;
  private int stopEpoch;

  private EpochFold(RunState before, EpochCompleted epoch, Duration signalLifetime) {
    this.before = before;
    this.epoch = epoch;
    this.signalLifetime = signalLifetime;
    states = before.memory().states().toArray();
    memory = before.memory();
    stopEpoch = before.stopEpoch();
  }

  /** Of a run that is being judged. */
  static EpochFold of(RunState before, EpochCompleted epoch, Duration signalLifetime) {
    EpochFold fold = new EpochFold(before, epoch, signalLifetime);
    Policy policy = before.policy();
    if (policy.sees(epoch.epoch())) {
      for (int i = 0; i < policy.rules().size(); i++) {
        fold.judge(i, policy.rules().get(i));
      }
    }
    return fold;
  }

  List<TrainingEvent> decisions() {
    return decisions;
  }

  RunState after() {
    return before.after(epoch.epoch(), stopEpoch, memory.withStates(List.of(states)));
  }

  /** A rule that fails is alone in it: the others go on, and so do all other runs. */
  private void judge(int index, PolicyRule<?> rule) {
    Judged<?> judged;
    try {
      judged = rule.judge(states[index], epoch);
    } catch (RuntimeException e) {
      raise(
          rule.name(),
          new Verdict.RaiseAlert(
              Severity.CRITICAL,
              "The rule failed and passes over the epochs that it fails on: " + e,
              Map.of(),
              "Judge the run by another rule, and report the failure."));
      return;
    }
    states[index] = judged.state();
    if (rule.saysOnceWhatItRepeats()) {
      sayOnce(rule, judged.verdict());
    } else {
      say(rule, judged.verdict());
    }
  }

  private void sayOnce(PolicyRule<?> rule, Verdict verdict) {
    boolean repeats = verdict instanceof Verdict.StopTraining;
    boolean said = memory.said().contains(rule.name());
    if (!repeats && said) {
      memory = memory.withoutSaid(rule.name());
      resolve(rule.name());
    }
    if (!repeats || !said) {
      memory = repeats ? memory.withSaid(rule.name()) : memory;
      say(rule, verdict);
    }
  }

  private void say(PolicyRule<?> rule, Verdict verdict) {
    if (!(verdict instanceof Verdict.KeepTraining)) {
      rule.meant(verdict).accept(new Saying(rule.name()));
    }
  }

  private void raise(String rule, Verdict.RaiseAlert alert) {
    if (!memory.openAlerts().containsKey(rule)) {
      memory = memory.withOpenAlert(rule, id(rule));
      decisions.add(
          new AlertRaised(
              id(rule),
              epoch.run(),
              epoch.attempt(),
              epoch.epoch(),
              rule,
              alert.severity(),
              alert.message(),
              alert.evidence(),
              alert.remedy(),
              epoch.time()));
    }
  }

  private void resolve(String rule) {
    SignalId alert = memory.openAlerts().get(rule);
    if (alert != null) {
      memory = memory.withoutOpenAlert(rule);
      decisions.add(
          new AlertResolved(
              alert, epoch.run(), epoch.attempt(), epoch.epoch(), rule, epoch.time()));
    }
  }

  private SignalId id(String rule) {
    return SignalId.of(epoch.run(), epoch.attempt(), epoch.epoch(), rule);
  }

  private final class Saying implements Verdict.Visitor<Void> {
    private final String rule;

    private Saying(String rule) {
      this.rule = rule;
    }

    @Override
    public Void keepTraining(Verdict.KeepTraining verdict) {
      return null;
    }

    @Override
    public Void stopTraining(Verdict.StopTraining verdict) {
      memory = memory.withWish(rule);
      if (stopEpoch == 0 && before.policy().stopsBy(memory.stopWishes().size())) {
        stopEpoch = epoch.epoch();
        return signal(
            new ControlSignal.StopTraining(verdict.bestEpoch()),
            verdict.reason(),
            verdict.evidence());
      }
      return null;
    }

    @Override
    public Void reduceLearningRate(Verdict.ReduceLearningRate verdict) {
      return signal(
          new ControlSignal.ReduceLearningRate(verdict.factor()),
          verdict.reason(),
          verdict.evidence());
    }

    @Override
    public Void strengthenRegularization(Verdict.StrengthenRegularization verdict) {
      return signal(
          new ControlSignal.StrengthenRegularization(verdict.technique(), verdict.factor()),
          verdict.reason(),
          verdict.evidence());
    }

    @Override
    public Void raiseAlert(Verdict.RaiseAlert verdict) {
      raise(rule, verdict);
      return null;
    }

    @Override
    public Void resolveAlert(Verdict.ResolveAlert verdict) {
      resolve(rule);
      return null;
    }

    private Void signal(ControlSignal signal, String reason, Map<String, Double> evidence) {
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
      return null;
    }
  }
}
