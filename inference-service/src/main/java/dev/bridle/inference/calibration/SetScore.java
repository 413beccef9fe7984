package dev.bridle.inference.calibration;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How odd it is that a class is the label, by the row's probabilities. */
public enum SetScore {
  /**
   * {@code 1 - p_c}: the smallest sets on average, the same coverage over all rows alone (least
   * ambiguous sets, Sadinle, Lei and Wasserman 2019). A set may be empty.
   */
  LAC {
    @Override
    double of(float[] probabilities, int first, int classes, int label) {
      return 1 - (double) probabilities[first + label];
    }
  },
  /**
   * The probability of all classes that are likelier, and the class's own: larger sets where a row
   * is hard, nearer to the same coverage row by row (adaptive sets, Romano, Sesia and Candes 2020,
   * without their randomization, so on the safe side). A set may be empty.
   */
  APS {
    @Override
    double of(float[] probabilities, int first, int classes, int label) {
      double own = probabilities[first + label];
      double sum = own;
      for (int at = 0; at < classes; at++) {
        double other = probabilities[first + at];
        sum += other > own || other == own && at < label ? other : 0;
      }
      return sum;
    }
  };

  abstract double of(float[] probabilities, int first, int classes, int label);

  /** Its name in requests. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<SetScore> named(String key) {
    return Arrays.stream(values()).filter(score -> score.key().equals(key)).findFirst();
  }

  /**
   * @param probabilities [rows, classes] row-major
   * @param labels [rows]
   */
  public ConformalScores scores(float[] probabilities, int[] labels) {
    int classes = probabilities.length / labels.length;
    double[] scores = new double[labels.length];
    for (int row = 0; row < scores.length; row++) {
      scores[row] = of(probabilities, row * classes, classes, labels[row]);
    }
    return new ConformalScores(scores);
  }

  /** Which classes are in the row's set, as the probabilities; a NaN's class is. */
  public boolean[] sets(float[] probabilities, int classes, double quantile) {
    boolean[] inside = new boolean[probabilities.length];
    for (int at = 0; at < inside.length; at++) {
      double score = of(probabilities, at - at % classes, classes, at % classes);
      inside[at] = !(score > quantile);
    }
    return inside;
  }
}
