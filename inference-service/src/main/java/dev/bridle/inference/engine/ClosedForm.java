package dev.bridle.inference.engine;

import dev.bridle.inference.graph.LastLayer;
import dev.bridle.inference.graph.LastLayer.Link;
import dev.bridle.inference.graph.LogitGraph;
import dev.bridle.inference.graph.ModelGraph;
import dev.bridle.inference.uncertainty.ComputedMoments;
import dev.bridle.inference.uncertainty.OutputKind;
import java.util.List;
import java.util.Map;

/**
 * MC-dropout without masks, where the one Dropout lies before the last layer. Its logits are {@code
 * z = W^T (m * h) + b} with independent {@code m_u} of expectation 1 and variance {@code p / (1 -
 * p)}, so exactly
 *
 * <pre>E z = W^T h + b     Cov z = p / (1 - p) sum_u h_u^2 w_u w_u^T</pre>
 *
 * which the {@linkplain LogitGraph graph} gives with the prefix, by two more products. Without a
 * softmax that is the answer. Behind one, z is taken as normal, which it is in the limit of many
 * units (a sum of K independent terms), and the expectations are those over the points of {@link
 * NormalCubature}: the entropies and the variance of the probabilities are biased by what z differs
 * from normal. Nothing is drawn, so no seed matters. Thread-safe.
 */
final class ClosedForm implements AutoCloseable {
  private static final int ROWS_AT_ONCE = 64;
  private static final int FEWEST_UNITS = 64;
  private static final int MOST_SAMPLES = 100;

  private final LastLayer layer;
  private final int classes;
  private final Frontier logits;
  private final double[][] points;

  /**
   * @param inputs of the model
   */
  ClosedForm(ModelGraph graph, LastLayer layer, List<TensorSpec> inputs) {
    this.layer = layer;
    this.classes = layer.classes();
    this.points = layer.link() == Link.SOFTMAX ? NormalCubature.points(classes) : new double[0][];
    Map<String, List<Long>> moments =
        Map.of(
            LogitGraph.MEAN,
            List.of((long) classes),
            LogitGraph.SPREAD,
            List.of((long) LogitGraph.spread(layer)));
    this.logits = new Frontier(Network.load(graph.logits(layer)), inputs, moments, List.of());
  }

  /**
   * Whether its mean is, as a rule, nearer to the expectation than that of so many independent
   * samples. Always without a softmax, where it is exact. Behind one, with {@value #FEWEST_UNITS}
   * units or more, what logits differ from normal changes the mean by a tenth of the error of
   * {@value #MOST_SAMPLES} samples, and where answers are uncertain the cubature by more, up to two
   * thirds of it.
   */
  boolean isNear(int samples) {
    return layer.link() == Link.IDENTITY
        || layer.units() >= FEWEST_UNITS && samples <= MOST_SAMPLES;
  }

  /**
   * @param request each input's values, row-major, of all rows
   */
  SampledAnswer answer(Map<String, float[]> request, int rows) {
    Map<String, float[]> moments = logits.values(request, rows);
    float[] means = moments.get(LogitGraph.MEAN);
    float[] spreads = moments.get(LogitGraph.SPREAD);
    boolean softmax = layer.link() == Link.SOFTMAX;
    ComputedMoments found =
        softmax
            ? behindSoftmax(means, spreads, rows)
            : ComputedMoments.ofValues(rows, classes, doubles(means), doubles(spreads));
    SampledOutput output =
        new SampledOutput(
            softmax ? OutputKind.DISTRIBUTION : OutputKind.VALUES,
            List.of((long) rows, (long) classes),
            found);
    return new SampledAnswer(Map.of(layer.output(), output), found.points(), StopReason.SAMPLES);
  }

  private ComputedMoments behindSoftmax(float[] means, float[] spreads, int rows) {
    NormalSoftmax softmax = new NormalSoftmax(points, rows);
    for (int first = 0; first < rows; first += ROWS_AT_ONCE) {
      int count = Math.min(ROWS_AT_ONCE, rows - first);
      double[][] roots = Cholesky.roots(spreads, first, count, classes);
      for (int row = 0; row < count; row++) {
        softmax.compute(first + row, means, roots, row);
      }
    }
    return softmax.found();
  }

  private static double[] doubles(float[] values) {
    double[] all = new double[values.length];
    for (int at = 0; at < all.length; at++) {
      all[at] = values[at];
    }
    return all;
  }

  @Override
  public void close() {
    logits.close();
  }
}
