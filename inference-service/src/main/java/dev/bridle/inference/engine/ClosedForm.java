package dev.bridle.inference.engine;

import dev.bridle.inference.engine.LogitMoments.Logits;
import dev.bridle.inference.graph.LastLayer;
import dev.bridle.inference.graph.LastLayer.Link;
import dev.bridle.inference.uncertainty.ExactMoments;
import dev.bridle.inference.uncertainty.Moments;
import dev.bridle.inference.uncertainty.OutputKind;
import dev.bridle.inference.uncertainty.SampleAccumulator;
import java.util.List;
import java.util.Map;

/**
 * MC-dropout without masks, where the one Dropout lies before the last layer. Its logits are {@code
 * z = W^T (m * h) + b} with independent {@code m_u} of expectation 1 and variance {@code p / (1 -
 * p)}, so exactly
 *
 * <pre>E z = W^T h + b     Cov z = p / (1 - p) sum_u h_u^2 w_u w_u^T</pre>
 *
 * in one pass of K C (C + 1) / 2 products. Without a softmax that is the answer. Behind one, z is
 * taken as normal, which it is in the limit of many units (a sum of K independent terms), and T
 * draws of the C logits go through the softmax: the entropies and the variance of the probabilities
 * are biased by what z differs from normal, which no number of draws removes. Rows share the draws.
 */
final class ClosedForm {
  private final Frontier frontier;
  private final LastLayer layer;
  private final int classes;
  private final LogitMoments moments;

  ClosedForm(Frontier frontier, LastLayer layer) {
    this.frontier = frontier;
    this.layer = layer;
    this.classes = layer.classes();
    this.moments = new LogitMoments(layer);
  }

  /**
   * @param request each input's values, row-major, of all rows
   */
  SampledAnswer answer(Map<String, float[]> request, int rows, int draws, long seed) {
    float[] data = frontier.values(request, rows).get(layer.data());
    boolean softmax = layer.link() == Link.SOFTMAX;
    Moments found = softmax ? drawn(data, rows, draws, seed) : exact(data, rows);
    SampledOutput output =
        new SampledOutput(
            softmax ? OutputKind.DISTRIBUTION : OutputKind.VALUES,
            List.of((long) rows, (long) classes),
            found);
    return new SampledAnswer(
        Map.of(layer.output(), output), softmax ? draws : 0, StopReason.SAMPLES);
  }

  private Moments exact(float[] data, int rows) {
    double[] means = new double[rows * classes];
    double[] variances = new double[rows * classes];
    for (int row = 0; row < rows; row++) {
      Logits logits = moments.of(data, row * layer.units());
      for (int i = 0; i < classes; i++) {
        means[row * classes + i] = logits.mean()[i];
        variances[row * classes + i] = logits.covariance()[i * (i + 1) / 2 + i];
      }
    }
    return new ExactMoments(rows, classes, means, variances);
  }

  private Moments drawn(float[] data, int rows, int draws, long seed) {
    LogitDraws source = new LogitDraws(classes, draws, seed);
    SampleAccumulator samples =
        SampleAccumulator.ofIndependent(rows, classes, OutputKind.DISTRIBUTION);
    for (int row = 0; row < rows; row++) {
      Logits logits = moments.of(data, row * layer.units());
      source.add(logits.mean(), Cholesky.root(logits.covariance(), classes), row, samples);
    }
    return samples;
  }
}
