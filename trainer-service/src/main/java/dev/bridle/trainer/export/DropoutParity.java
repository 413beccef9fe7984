package dev.bridle.trainer.export;

import java.util.List;

/**
 * How far the exported graph's answers with live Dropout are, in distribution, from the training
 * engine's. Compared are the mean of each output over the rows, and that of its square, each over
 * the samples: z = |a - b| / sqrt((var a + var b) / samples) (Welch, 1947).
 *
 * @param worst the greatest z; NaN if any is
 * @param column the output it is of
 * @param moment 1 for the mean, 2 for the mean of the squares
 * @param engine a
 * @param exported b
 */
record DropoutParity(
    int samples, double worst, int column, int moment, double engine, double exported) {
  /** Passes with probability 1 - 2e-9 a comparison where the distributions are the same. */
  static final double MOST_STANDARD_ERRORS = 6;

  /** Below it two means are the same, whatever their standard error. */
  private static final double ROUNDING = 1e-6;

  /**
   * @param engine a sample's answers to the rows each, row-major
   * @param exported as many
   */
  static DropoutParity of(List<float[]> engine, List<float[]> exported, int columns) {
    DropoutParity worst = new DropoutParity(engine.size(), 0, 0, 1, 0, 0);
    for (int column = 0; column < columns; column++) {
      for (int moment = 1; moment <= 2; moment++) {
        DropoutParity next =
            compared(
                statistics(engine, columns, column, moment),
                statistics(exported, columns, column, moment),
                column,
                moment);
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
        + " distribution, within %s standard errors: over %d samples they are %s apart, the mean of"
            .formatted(MOST_STANDARD_ERRORS, samples, worst)
        + " output %d%s: %s in the engine, %s exported"
            .formatted(column, moment == 1 ? "" : " squared", engine, exported);
  }

  private static DropoutParity compared(double[] a, double[] b, int column, int moment) {
    double apart = Math.abs(mean(a) - mean(b));
    double error = Math.sqrt((variance(a) + variance(b)) / a.length);
    double z = apart <= ROUNDING ? 0 : apart / error;
    return new DropoutParity(a.length, z, column, moment, mean(a), mean(b));
  }

  private static double[] statistics(List<float[]> samples, int columns, int column, int moment) {
    return samples.stream()
        .mapToDouble(
            sample -> {
              double sum = 0;
              for (int i = column; i < sample.length; i += columns) {
                sum += Math.pow(sample[i], moment);
              }
              return sum * columns / sample.length;
            })
        .toArray();
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
