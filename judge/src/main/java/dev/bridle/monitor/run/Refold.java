package dev.bridle.monitor.run;

import dev.bridle.events.AlertRaised;
import dev.bridle.events.AlertResolved;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.SignalId;
import dev.bridle.events.TrainingEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
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

  /** What brings the published alerts, open before, to those that are open now. */
  List<TrainingEvent> alertsFrom(RunState before, TrainingEvent cause) {
    List<TrainingEvent> changes = new ArrayList<>();
    new TreeMap<>(before.openAlerts())
        .forEach(
            (rule, alert) -> {
              if (!state.openAlerts().containsValue(alert)) {
                changes.add(
                    new AlertResolved(
                        alert,
                        cause.run(),
                        cause.attempt(),
                        state.lastEpoch(),
                        rule,
                        cause.time()));
              }
            });
    state.openAlerts().values().stream()
        .filter(alert -> !before.openAlerts().containsValue(alert))
        .sorted(Comparator.comparing(SignalId::value))
        .map(raised::get)
        .forEach(changes::add);
    return changes;
  }
}
