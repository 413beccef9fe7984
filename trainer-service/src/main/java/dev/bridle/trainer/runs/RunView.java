package dev.bridle.trainer.runs;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.MetricNames;
import dev.bridle.events.Phase;
import dev.bridle.events.RunId;
import dev.bridle.events.TrainingOutcome;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A run as REST shows it.
 *
 * @param queuePosition 1 for the next to be trained; only while it waits
 * @param resumedFromEpoch the last epoch of earlier attempts that still counts; 0 if there is none
 * @param lastEpoch the last epoch that was trained; 0 before the first
 * @param progressPercent of the planned epochs; 100 once it succeeded, wherever it was stopped
 * @param remainingSeconds at the pace of the newest epoch, if it isn't stopped; only while it
 *     trains
 * @param metrics the newest epoch's
 * @param adjustments what signals changed in mid-run
 * @param evaluation on the test split
 */
public record RunView(
    RunId run,
    String name,
    String experiment,
    int attempt,
    Phase phase,
    OptionalInt queuePosition,
    List<PhaseTransition> transitions,
    int resumedFromEpoch,
    int plannedEpochs,
    int lastEpoch,
    double progressPercent,
    OptionalDouble remainingSeconds,
    Map<String, Double> metrics,
    OptionalInt bestEpoch,
    List<Adjustment> adjustments,
    Optional<TrainingOutcome> outcome,
    Optional<Map<String, Double>> evaluation,
    List<Link> artifacts) {
  /** An artifact and where to read it. */
  public record Link(String name, long sizeBytes, String sha256, URI uri) {}

  static RunView of(Run run, OptionalInt queuePosition, URI publicUrl) {
    RunState state = run.state();
    Optional<EpochCompleted> newest = run.newestEpoch();
    int planned = run.spec().training().epochs();
    int last = newest.map(EpochCompleted::epoch).orElse(0);
    return new RunView(
        state.run(),
        run.spec().name(),
        run.spec().experiment(),
        state.attempt(),
        state.phase(),
        queuePosition,
        state.transitions(),
        state.resumedFromEpoch(),
        planned,
        last,
        state.phase() == Phase.SUCCEEDED ? 100 : 100.0 * last / planned,
        state.phase() == Phase.RUNNING ? remaining(newest, planned) : OptionalDouble.empty(),
        newest.map(EpochCompleted::metrics).orElse(Map.of()),
        run.bestEpoch(),
        state.adjustments(),
        state.outcome(),
        Optional.of(state.evaluation()).filter(evaluation -> !evaluation.isEmpty()),
        state.artifacts().stream()
            .map(
                artifact ->
                    new Link(
                        artifact.name(),
                        artifact.sizeBytes(),
                        artifact.sha256(),
                        uri(publicUrl, state.run(), artifact)))
            .toList());
  }

  static URI uri(URI publicUrl, RunId run, Artifact artifact) {
    String base = publicUrl.toString().replaceAll("/+$", "");
    return URI.create(base + "/v1/runs/" + run + "/artifacts/" + artifact.name());
  }

  private static OptionalDouble remaining(Optional<EpochCompleted> newest, int planned) {
    return newest.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            newest.get().metric(MetricNames.EPOCH_SECONDS).orElse(0)
                * (planned - newest.get().epoch()));
  }
}
