package dev.bridle.trainer.runs;

import dev.bridle.events.Acknowledgement;
import dev.bridle.events.Phase;
import dev.bridle.events.RunId;
import dev.bridle.events.SignalAcknowledged;
import dev.bridle.events.SignalId;
import dev.bridle.events.TrainingOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Everything about a run that outlives its process, but for its spec and its epochs, which have
 * files of their own.
 *
 * @param transitions append-only, the first is QUEUED
 * @param outcome how training ended; empty until then
 * @param evaluation metrics on the test split; empty until it is exported
 * @param answers to its signals, so that each is answered once
 * @param lastAnswers those that were given last: a process that ended may not have come to say them
 * @param resumedFromEpoch the last epoch of earlier attempts that still counts; 0 if there is none
 * @param adjustments what signals changed in mid-run, up to where the run was resumed from and
 *     since
 * @param crashes processes in a row that ended with the run and made no new checkpoint
 * @param idempotencyKey with which its owner may submit it again without getting a second run
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
    List<Adjustment> adjustments,
    int crashes,
    Optional<String> idempotencyKey,
    List<SignalAcknowledged> lastAnswers) {
  public RunState {
    transitions = List.copyOf(transitions);
    evaluation = Map.copyOf(evaluation);
    artifacts = List.copyOf(artifacts);
    answers = Map.copyOf(answers);
    // The state that an earlier version wrote has none of these.
    adjustments = adjustments == null ? List.of() : List.copyOf(adjustments);
    idempotencyKey = idempotencyKey == null ? Optional.empty() : idempotencyKey;
    lastAnswers = lastAnswers == null ? List.of() : List.copyOf(lastAnswers);
  }

  static RunState queued(RunId run, Optional<String> idempotencyKey, Instant time) {
    PhaseTransition queued = new PhaseTransition(Phase.QUEUED, time, Optional.empty());
    return new RunState(
        run,
        1,
        List.of(queued),
        Optional.empty(),
        Map.of(),
        List.of(),
        Map.of(),
        0,
        List.of(),
        0,
        idempotencyKey,
        List.of());
  }

  public Phase phase() {
    return latest().phase();
  }

  public PhaseTransition latest() {
    return transitions.get(transitions.size() - 1);
  }

  RunState entered(PhaseTransition transition) {
    PhaseTable.require(phase(), transition.phase());
    return changed(draft -> draft.transitions = appended(transitions, transition));
  }

  /** The next attempt, which goes on after {@code epoch}: what was changed later is undone. */
  RunState resumed(int epoch, int crashesInARow) {
    return changed(
        draft -> {
          draft.attempt = attempt + 1;
          draft.resumedFromEpoch = epoch;
          draft.crashes = crashesInARow;
          draft.adjustments =
              adjustments.stream().filter(change -> change.afterEpoch() <= epoch).toList();
        });
  }

  RunState ended(TrainingOutcome how) {
    return changed(draft -> draft.outcome = Optional.of(how));
  }

  RunState evaluated(Map<String, Double> metrics) {
    return changed(draft -> draft.evaluation = metrics);
  }

  /** An artifact of the same name is replaced. */
  RunState with(Artifact artifact) {
    List<Artifact> others =
        artifacts.stream().filter(other -> !other.name().equals(artifact.name())).toList();
    return changed(draft -> draft.artifacts = appended(others, artifact));
  }

  RunState answered(List<SignalAcknowledged> given) {
    Map<String, Acknowledgement> more = new LinkedHashMap<>(answers);
    given.forEach(answer -> more.put(answer.signal().value(), answer.answer()));
    return changed(
        draft -> {
          draft.answers = more;
          draft.lastAnswers = given.isEmpty() ? lastAnswers : given;
        });
  }

  RunState adjusted(Adjustment adjustment) {
    return changed(draft -> draft.adjustments = appended(adjustments, adjustment));
  }

  Optional<Artifact> artifact(String name) {
    return artifacts.stream().filter(artifact -> artifact.name().equals(name)).findFirst();
  }

  Optional<Adjustment> adjustment(SignalId signal) {
    return adjustments.stream().filter(change -> change.signal().equals(signal)).findFirst();
  }

  private static final class Draft {
    private int attempt;
    private List<PhaseTransition> transitions;
    private Optional<TrainingOutcome> outcome;
    private Map<String, Double> evaluation;
    private List<Artifact> artifacts;
    private Map<String, Acknowledgement> answers;
    private int resumedFromEpoch;
    private List<Adjustment> adjustments;
    private int crashes;
    private List<SignalAcknowledged> lastAnswers;
  }

  private RunState changed(Consumer<Draft> change) {
    Draft draft = new Draft();
    draft.attempt = attempt;
    draft.transitions = transitions;
    draft.outcome = outcome;
    draft.evaluation = evaluation;
    draft.artifacts = artifacts;
    draft.answers = answers;
    draft.resumedFromEpoch = resumedFromEpoch;
    draft.adjustments = adjustments;
    draft.crashes = crashes;
    draft.lastAnswers = lastAnswers;
    change.accept(draft);
    return new RunState(
        run,
        draft.attempt,
        draft.transitions,
        draft.outcome,
        draft.evaluation,
        draft.artifacts,
        draft.answers,
        draft.resumedFromEpoch,
        draft.adjustments,
        draft.crashes,
        idempotencyKey,
        draft.lastAnswers);
  }

  private static <T> List<T> appended(List<T> list, T item) {
    List<T> longer = new ArrayList<>(list);
    longer.add(item);
    return longer;
  }
}
