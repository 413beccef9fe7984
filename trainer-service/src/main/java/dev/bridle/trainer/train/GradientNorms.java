package dev.bridle.trainer.train;

import dev.bridle.events.MetricNames;
import dev.bridle.trainer.model.EngineWeight;
import dev.bridle.trainer.regularization.Norms;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The Euclidean norms of the layers' gradients, their mean over an epoch's watched steps, as the
 * engine gave them: before techniques change them, so that clipping does not hide that they
 * explode. A pass over all gradients is no small part of a step, so of an epoch's steps some
 * {@value #WATCHED} are watched, evenly spread; the last one always, for what isn't finite any more
 * stays so.
 */
final class GradientNorms {
  private static final int WATCHED = 32;

  private final Map<String, Double> sums = new TreeMap<>();
  private int steps;

  /**
   * @param step from 0
   * @param all the epoch's steps
   */
  static boolean watches(int step, int all) {
    int every = (all + WATCHED - 1) / WATCHED;
    return step % every == 0 || step == all - 1;
  }

  /**
   * @param gradients of the weights, in their order
   */
  void add(List<EngineWeight> weights, List<float[]> gradients) {
    Map<String, Double> squares = new TreeMap<>();
    for (int i = 0; i < gradients.size(); i++) {
      squares.merge(weights.get(i).layer(), Norms.squared(gradients.get(i)), Double::sum);
    }
    squares.forEach((layer, square) -> sums.merge(layer, Math.sqrt(square), Double::sum));
    steps++;
  }

  void report(Map<String, Double> metrics) {
    sums.forEach((layer, sum) -> metrics.put(MetricNames.gradientNorm(layer), sum / steps));
  }
}
