package dev.bridle.scores;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What abstaining from the least sure predictions buys. */
public final class RiskCoverage {
  private static final int POINTS = 20;

  private RiskCoverage() {}

  /**
   * @param coverage share of the rows that are answered, the surest
   * @param risk share of those that are wrong
   */
  public record Point(double coverage, double risk) {}

  /** At coverages of 5 %, 10 % and so on to 100 %, each rounded up to a whole row. */
  static List<Point> of(double[] confidence, boolean[] right) {
    double[] risk = risks(confidence, right);
    List<Point> points = new ArrayList<>();
    for (int point = 1; point <= POINTS; point++) {
      int answered = (int) Math.ceil((double) risk.length * point / POINTS);
      points.add(new Point((double) answered / risk.length, risk[answered - 1]));
    }
    return points;
  }

  /** The mean of the risks at every coverage. */
  static double area(double[] confidence, boolean[] right) {
    return mean(risks(confidence, right));
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** The risk of answering the surest 1, 2, ... rows; of equally sure ones the earlier. */
  private static double[] risks(double[] confidence, boolean[] right) {
    int[] surest =
        IntStream.range(0, confidence.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer row) -> -confidence[row]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] risks = new double[surest.length];
    int wrong = 0;
    for (int answered = 1; answered <= surest.length; answered++) {
      wrong += right[surest[answered - 1]] ? 0 : 1;
      risks[answered - 1] = (double) wrong / answered;
    }
    return risks;
  }
}
