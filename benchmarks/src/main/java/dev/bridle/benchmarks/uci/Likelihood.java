package dev.bridle.benchmarks.uci;

/**
 * What samples of predictions say of the truth: {@code samples[t * rows + row]}, T for each row.
 */
final class Likelihood {
  private Likelihood() {}

  /**
   * The mean over the rows of the predictive log density of a mixture of normals, in nats: {@code
   * logsumexp_t(-tau (y - y_t)^2 / 2) - log T - log(2 pi) / 2 + log(tau) / 2} (Gal and Ghahramani,
   * 2016, equation 8).
   *
   * @param tau the precision of the noise, above 0
   */
  static double of(float[] samples, double[] truth, double tau) {
    int rows = truth.length;
    int count = samples.length / rows;
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      double greatest = Double.NEGATIVE_INFINITY;
      for (int at = row; at < samples.length; at += rows) {
        greatest = Math.max(greatest, exponent(truth[row], samples[at], tau));
      }
      double densities = 0;
      for (int at = row; at < samples.length; at += rows) {
        densities += Math.exp(exponent(truth[row], samples[at], tau) - greatest);
      }
      sum += greatest + Math.log(densities);
    }
    return sum / rows - Math.log(count) - Math.log(2 * Math.PI) / 2 + Math.log(tau) / 2;
  }

  /** Root mean squared error of each row's mean over its samples. */
  static double rmse(float[] samples, double[] truth) {
    int rows = truth.length;
    int count = samples.length / rows;
    double squares = 0;
    for (int row = 0; row < rows; row++) {
      double mean = 0;
      for (int at = row; at < samples.length; at += rows) {
        mean += samples[at] / (double) count;
      }
      squares += (truth[row] - mean) * (truth[row] - mean);
    }
    return Math.sqrt(squares / rows);
  }

  private static double exponent(double truth, double sample, double tau) {
    double error = truth - sample;
    return -tau / 2 * error * error;
  }
}
