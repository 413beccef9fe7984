package dev.bridle.inference.engine;

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

  ClosedForm(Frontier frontier, LastLayer layer) {
    this.frontier = frontier;
    this.layer = layer;
    this.classes = layer.classes();
  }

  /**
   * @param request each input's values, row-major, of all rows
   */
  SampledAnswer answer(Map<String, float[]> request, int rows, int draws, long seed) {
    float[] data = frontier.values(request, rows).get(layer.data());
    boolean softmax = layer.link() == Link.SOFTMAX;
    Moments moments = softmax ? drawn(data, rows, draws, seed) : exact(data, rows);
    SampledOutput output =
        new SampledOutput(
            softmax ? OutputKind.DISTRIBUTION : OutputKind.VALUES,
            List.of((long) rows, (long) classes),
            moments);
    return new SampledAnswer(
        Map.of(layer.output(), output), softmax ? draws : 0, StopReason.SAMPLES);
  }

  private Moments exact(float[] data, int rows) {
    double[] means = new double[rows * classes];
    double[] variances = new double[rows * classes];
    for (int row = 0; row < rows; row++) {
      Logits logits = logits(data, row);
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
      Logits logits = logits(data, row);
      source.add(logits.mean(), Cholesky.root(logits.covariance(), classes), row, samples);
    }
    return samples;
  }

  /**
   * @param covariance the lower triangle, row by row
   */
  private record Logits(double[] mean, double[] covariance) {}

  private Logits logits(float[] data, int row) {
    double[] mean = new double[classes];
    double[] covariance = new double[classes * (classes + 1) / 2];
    for (int i = 0; i < classes; i++) {
      mean[i] = layer.bias()[i];
    }
    double noise = layer.ratio() / (1 - layer.ratio());
    double[] weights = new double[classes];
    for (int unit = 0; unit < layer.units(); unit++) {
      double value = data[row * layer.units() + unit];
      if (value != 0) {
        for (int i = 0; i < classes; i++) {
          weights[i] = layer.weights()[unit * classes + i];
          mean[i] += value * weights[i];
        }
        add(noise * value * value, weights, covariance);
      }
    }
    return new Logits(mean, covariance);
  }

  private static void add(double factor, double[] weights, double[] covariance) {
    int at = 0;
    for (int i = 0; i < weights.length; i++) {
      double scaled = factor * weights[i];
      for (int j = 0; j <= i; j++) {
        covariance[at++] += scaled * weights[j];
      }
    }
  }
}
