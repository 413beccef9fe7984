package dev.bridle.trainer.runs;

import dev.bridle.events.Acknowledgement;
import dev.bridle.events.Phase;
import dev.bridle.events.RunId;
import dev.bridle.events.SignalId;
import dev.bridle.events.TrainingOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything about a run that outlives its process, but for its spec and its epochs, which have
 * files of their own.
 *
 * @param transitions append-only, the first is QUEUED
 * @param outcome how training ended; empty until then
 * @param evaluation metrics on the test split; empty until it is exported
 * @param answers to its signals, so that each is answered once
 * @param resumedFromEpoch the last epoch of earlier attempts that still counts; 0 if there is none
 * @param adjustments append-only: what signals changed in mid-run
 */
public record RunState(
    RunId run,
    int attempt,
    List<PhaseTransition> transitions,
    Optional<TrainingOutcome> outcome,
    Map<String, Double> evaluation,
    List<Artifact> artifacts,
    Map<String, Acknowledgement> answers,
    int resumedFromEpoch,
    List<Adjustment> adjustments) {
  public RunState {
    transitions = List.copyOf(transitions);
    evaluation = Map.copyOf(evaluation);
    artifacts = List.copyOf(artifacts);
    answers = Map.copyOf(answers);
    // The state that an earlier version wrote has none.
    adjustments = adjustments == null ? List.of() : List.copyOf(adjustments);
  }

  static RunState queued(RunId run, Instant time) {
    PhaseTransition queued = new PhaseTransition(Phase.QUEUED, time, Optional.empty());
    return new RunState(
        run, 1, List.of(queued), Optional.empty(), Map.of(), List.of(), Map.of(), 0, List.of());
  }

  public Phase phase() {
    return latest().phase();
  }

  public PhaseTransition latest() {
    return transitions.get(transitions.size() - 1);
  }

  RunState entered(PhaseTransition transition) {
    PhaseTable.require(phase(), transition.phase());
    return new RunState(
        run,
        attempt,
        appended(transitions, transition),
        outcome,
        evaluation,
        artifacts,
        answers,
        resumedFromEpoch,
        adjustments);
  }

  RunState ended(TrainingOutcome how) {
    return new RunState(
        run,
        attempt,
        transitions,
        Optional.of(how),
        evaluation,
        artifacts,
        answers,
        resumedFromEpoch,
        adjustments);
  }

  RunState evaluated(Map<String, Double> metrics) {
    return new RunState(
        run,
        attempt,
        transitions,
        outcome,
        metrics,
        artifacts,
        answers,
        resumedFromEpoch,
        adjustments);
  }

  RunState with(Artifact artifact) {
    return new RunState(
        run,
        attempt,
        transitions,
        outcome,
        evaluation,
        appended(artifacts, artifact),
        answers,
        resumedFromEpoch,
        adjustments);
  }

  RunState answered(SignalId signal, Acknowledgement answer) {
    Map<String, Acknowledgement> more = new LinkedHashMap<>(answers);
    more.put(signal.value(), answer);
    return new RunState(
        run,
        attempt,
        transitions,
        outcome,
        evaluation,
        artifacts,
        more,
        resumedFromEpoch,
        adjustments);
  }

  RunState adjusted(Adjustment adjustment) {
    return new RunState(
        run,
        attempt,
        transitions,
        outcome,
        evaluation,
        artifacts,
        answers,
        resumedFromEpoch,
        appended(adjustments, adjustment));
  }

  private static <T> List<T> appended(List<T> list, T item) {
    List<T> longer = new ArrayList<>(list);
    longer.add(item);
    return longer;
  }
}
