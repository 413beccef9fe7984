package dev.bridle.monitor.rule;

import java.util.ArrayList;
import java.util.List;

/**
 * What a patience remembers.
 *
 * @param bestEpoch 0 as long as there is no best
 * @param best meaningless as long as there is none
 * @param misses epochs in a row without improvement
 * @param recent the newest values, oldest first, as many as the dialect looks back on
 */
public record PatienceState(int bestEpoch, double best, int misses, List<Double> recent) {
  static final PatienceState INITIAL = new PatienceState(0, 0, 0, List.of());

  public PatienceState {
    recent = List.copyOf(recent);
  }

  boolean hasBest() {
    return bestEpoch > 0;
  }

  PatienceState withBest(int epoch, double value) {
    return new PatienceState(epoch, value, misses, recent);
  }

  PatienceState withMisses(int count) {
    return new PatienceState(bestEpoch, best, count, recent);
  }

  PatienceState withRecent(double value, int most) {
    List<Double> values = new ArrayList<>(recent);
    values.add(value);
    return new PatienceState(
        bestEpoch, best, misses, values.subList(Math.max(0, values.size() - most), values.size()));
  }
}
