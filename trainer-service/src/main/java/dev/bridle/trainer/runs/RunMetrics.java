package dev.bridle.trainer.runs;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A run's whole history of metrics. */
public record RunMetrics(RunId run, int attempt, List<Epoch> epochs) {
  /** One epoch's. */
  public record Epoch(int epoch, Map<String, Double> metrics, Instant time) {}

  static RunMetrics of(RunState state, List<EpochCompleted> completed) {
    return new RunMetrics(
        state.run(),
        state.attempt(),
        completed.stream()
            .map(event -> new Epoch(event.epoch(), event.metrics(), event.time()))
            .toList());
  }
}
