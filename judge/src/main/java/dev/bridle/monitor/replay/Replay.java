package dev.bridle.monitor.replay;

import dev.bridle.events.AttemptStarted;
import dev.bridle.events.ControlSignal;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.PolicySpec;
import dev.bridle.events.SignalIssued;
import dev.bridle.events.TrainingEvent;
import dev.bridle.monitor.policy.Policy;
import dev.bridle.monitor.replay.Replayed.IndexedSignal;
import dev.bridle.monitor.run.Judgment;
import dev.bridle.monitor.run.RunJudge;
import dev.bridle.monitor.run.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Judges finished curves by any policy, through the judge that judges live runs. */
public final class Replay {
  private final PolicySpec policy;
  private final RunJudge judge = new RunJudge(Duration.ofHours(1));

  /**
   * @throws dev.bridle.monitor.rule.InvalidPolicyException naming the full key of what is wrong
   */
  public Replay(PolicySpec policy) {
    Policy.of(policy);
    this.policy = policy;
  }

  public Replayed of(Curve curve) {
    NoHistory history = new NoHistory();
    List<IndexedSignal> signals = new ArrayList<>();
    Optional<RunState> state = Optional.empty();
    for (int i = 0; i < curve.epochs().size(); i++) {
      EpochCompleted epoch = curve.epochs().get(i);
      if (state.isEmpty()) {
        state = Optional.of(judge.started(state, start(epoch, curve), history).state());
      }
      Judgment judgment = judge.completed(state, epoch, history);
      state = Optional.of(judgment.state());
      for (TrainingEvent decision : judgment.decisions()) {
        if (decision instanceof SignalIssued signal) {
          if (signal.signal() instanceof ControlSignal.StopTraining stop) {
            return stopped(curve, i, stop, signal, signals);
          }
          signals.add(new IndexedSignal(i, signal));
        }
      }
    }
    return new Replayed(
        curve.name(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        "the policy does not stop it",
        signals,
        0);
  }

  private AttemptStarted start(EpochCompleted first, Curve curve) {
    return new AttemptStarted(
        first.run(),
        first.attempt(),
        0,
        curve.name(),
        "replay",
        curve.epochs().size(),
        Optional.of(policy),
        first.time());
  }

  private static Replayed stopped(
      Curve curve,
      int index,
      ControlSignal.StopTraining stop,
      SignalIssued signal,
      List<IndexedSignal> signals) {
    return new Replayed(
        curve.name(),
        OptionalInt.of(index),
        index(curve, stop.bestEpoch()),
        signal.reason(),
        signals,
        curve.epochs().size() - 1 - index);
  }

  private static OptionalInt index(Curve curve, int epoch) {
    for (int i = 0; i < curve.epochs().size(); i++) {
      if (curve.epochs().get(i).epoch() == epoch) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }
}
