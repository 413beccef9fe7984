package dev.bridle.monitor.run;

import dev.bridle.events.AlertRaised;
import dev.bridle.events.AlertResolved;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.SignalId;
import dev.bridle.events.TrainingEvent;
import dev.bridle.monitor.run.Judgment.Intake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The fold of epochs that were judged before, by what is now in force. What was signaled stands and
 * is not said again; a stop that only the new rules would have seen waits for the next epoch, at
 * which the rule that wishes it repeats its wish.
 *
 * @param raised the alerts that the rules saw, by id
 */
record Refold(RunState state, Map<SignalId, AlertRaised> raised) {
  /** From the initial state. */
  static Refold of(RunState initial, List<EpochCompleted> epochs, Duration signalLifetime) {
    RunState state = initial;
    Map<SignalId, AlertRaised> raised = new HashMap<>();
    for (EpochCompleted epoch : epochs) {
      EpochFold fold = EpochFold.of(state, epoch, signalLifetime);
      state = fold.after().withStopEpoch(0);
      for (TrainingEvent decision : fold.decisions()) {
        if (decision instanceof AlertRaised alert) {
          raised.put(alert.id(), alert);
        }
      }
    }
    return new Refold(state, raised);
  }

  /**
   * Brings the published alerts, open before, to what the rules see now: one that they don't see is
   * resolved; one that only they see is raised with the last epoch, as a decision of its own.
   */
  Judgment continuing(RunState before, TrainingEvent cause) {
    List<TrainingEvent> changes = new ArrayList<>();
    Map<String, SignalId> open = new TreeMap<>(state.memory().openAlerts());
    new TreeMap<>(before.memory().openAlerts())
        .forEach(
            (rule, alert) -> {
              if (!alert.equals(open.get(rule))) {
                changes.add(resolved(alert, rule, cause));
              }
            });
    open.replaceAll(
        (rule, alert) -> {
          if (before.memory().openAlerts().containsValue(alert)) {
            return alert;
          }
          AlertRaised now = raisedNow(raised.get(alert), cause);
          changes.add(now);
          return now.id();
        });
    return new Judgment(
        state.withMemory(state.memory().withOpenAlerts(open)), changes, Intake.ACCEPTED);
  }

  private AlertResolved resolved(SignalId alert, String rule, TrainingEvent cause) {
    return new AlertResolved(
        alert, cause.run(), cause.attempt(), state.lastEpoch(), rule, cause.time());
  }

  private AlertRaised raisedNow(AlertRaised seen, TrainingEvent cause) {
    return new AlertRaised(
        SignalId.of(cause.run(), cause.attempt(), state.lastEpoch(), seen.rule()),
        cause.run(),
        cause.attempt(),
        state.lastEpoch(),
        seen.rule(),
        seen.severity(),
        seen.message(),
        seen.evidence(),
        seen.remedy(),
        cause.time());
  }
}
