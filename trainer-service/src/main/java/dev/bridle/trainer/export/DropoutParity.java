package dev.bridle.trainer.export;

import java.util.List;

/**
 * How far the exported graph's answers with live Dropout are, in distribution, from the training
 * engine's. Compared are, over the rows, the mean of each output and its mean squared distance from
 * the row's own mean, each over the samples: z = |a - b| / sqrt((var a + var b) / samples) (Welch,
 * 1947).
 *
 * @param worst the greatest z; NaN if any is
 * @param column the output it is of
 * @param moment 1 for the mean, 2 for the variance
 * @param engine a
 * @param exported b
 */
record DropoutParity(
    int samples, double worst, int column, int moment, double engine, double exported) {
  /** Passes with probability 1 - 2e-9 a comparison where the distributions are the same. */
  static final double MOST_STANDARD_ERRORS = 6;

  /** Of the scale: below it two means are the same, whatever their standard error. */
  private static final double ROUNDING = 1e-6;

  /**
   * @param engine a sample's answers to the rows each, row-major
   * @param exported as many
   * @param scale of the answers
   */
  static DropoutParity of(List<float[]> engine, List<float[]> exported, int columns, double scale) {
    DropoutParity worst = new DropoutParity(engine.size(), 0, 0, 1, 0, 0);
    for (int column = 0; column < columns; column++) {
      for (int moment = 1; moment <= 2; moment++) {
        DropoutParity next =
            compared(
                statistics(engine, columns, column, moment),
                statistics(exported, columns, column, moment),
                column,
                moment,
                ROUNDING * Math.pow(scale, moment));
        if (!(next.worst() <= worst.worst())) {
          worst = next;
        }
      }
    }
    return worst;
  }

  boolean passed() {
    return worst <= MOST_STANDARD_ERRORS;
  }

  /** For people. */
  String sentence() {
    return "with live Dropout the exported graph should answer from the training engine's"
        + " distribution, within %s standard errors: over %d samples they are %s apart in the"
            .formatted(MOST_STANDARD_ERRORS, samples, worst)
        + " %s of output %d: %s in the engine, %s exported"
            .formatted(moment == 1 ? "mean" : "variance", column, engine, exported);
  }

  private static DropoutParity compared(
      double[] a, double[] b, int column, int moment, double rounding) {
    double apart = Math.abs(mean(a) - mean(b));
    double error = Math.sqrt((variance(a) + variance(b)) / a.length);
    double z = apart <= rounding ? 0 : apart / error;
    return new DropoutParity(a.length, z, column, moment, mean(a), mean(b));
  }

  /** Of each sample, over its rows. */
  private static double[] statistics(List<float[]> samples, int columns, int column, int moment) {
    double[] statistics = new double[samples.size()];
    int rows = samples.get(0).length / columns;
    for (int at = column; at < rows * columns; at += columns) {
      int place = at;
      double[] values = samples.stream().mapToDouble(sample -> sample[place]).toArray();
      double center = moment == 1 ? 0 : mean(values);
      for (int sample = 0; sample < values.length; sample++) {
        statistics[sample] += Math.pow(values[sample] - center, moment) / rows;
      }
    }
    return statistics;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum / (values.length - 1);
  }
}
