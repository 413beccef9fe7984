package dev.bridle.monitor.web.projection;

import dev.bridle.events.Phase;
import dev.bridle.events.RunId;
import dev.bridle.events.TrainingOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A run at a glance.
 *
 * @param attempt the highest that is known
 * @param name what its owner calls the run; the run's id until that is known
 * @param plannedEpochs empty until it is known
 * @param lastEpoch the last epoch that counts; 0 before the first
 * @param bestEpoch the epoch whose weights were restored; before the end, the one with the lowest
 *     validation loss so far, the earliest of equals, NaN never
 * @param reason why it is in this phase, where that isn't plain
 * @param outcome how the newest attempt's training ended
 * @param openAlerts the rules whose alerts have not been resolved
 * @param metrics of the last epoch, by name; values may be NaN or infinite
 * @param counts how much there is of it
 * @param startedAt the time of the run's earliest event
 * @param updatedAt the time of its latest
 */
public record RunSummary(
    RunId run,
    int attempt,
    String name,
    Optional<String> experiment,
    Phase phase,
    OptionalInt plannedEpochs,
    int lastEpoch,
    OptionalInt bestEpoch,
    Optional<String> reason,
    Optional<TrainingOutcome> outcome,
    List<String> openAlerts,
    Map<String, Double> metrics,
    RunCounts counts,
    Instant startedAt,
    Instant updatedAt) {}
