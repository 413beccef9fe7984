package dev.bridle.inference.calibration;

import java.util.Arrays;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;

/**
 * The last values of a measure beside those of a reference: the two-sample Kolmogorov-Smirnov
 * distance of their empirical distribution functions, D = sup |F(x) - G(x)|, exact with ties too
 * (Smirnov 1948). A window of n values takes n cells and a count for each distinct value of the
 * reference, and a new value a binary search. Not thread-safe.
 *
 * <p>Values count by where they lie among the reference's distinct ones, u: cell 2i is what lies
 * below u_i and above u_(i-1), cell 2i + 1 is u_i itself. Between two of them G is constant and F
 * rises, so that D is found at a cell's end.
 */
public final class DriftWindow {
  /**
   * How far the window is from the reference.
   *
   * @param distance D, 0 to 1
   * @param pValue of D or more if both came from one distribution: Kolmogorov's limit, which says
   *     too much rather than too little where values tie
   * @param risen whether the window's values are the greater ones where the two differ most
   */
  public record Drift(double distance, double pValue, boolean risen) {}

  private static final KolmogorovSmirnovTest TEST = new KolmogorovSmirnovTest();

  private final double[] points;
  private final double[] below;
  private final int referenceRows;
  private final int[] cells;
  private final int[] counts;
  private long added;

  /**
   * @param reference in any order, numbers, one at least
   * @param size the most values that count, 1 at least
   */
  public DriftWindow(double[] reference, int size) {
    if (size < 1) {
      throw new IllegalArgumentException("size should be at least 1: was " + size);
    }
    if (reference.length == 0 || Arrays.stream(reference).anyMatch(Double::isNaN)) {
      throw new IllegalArgumentException("the reference should be one number at least, none NaN");
    }
    double[] rising = Arrays.stream(reference).map(DriftWindow::positiveZero).sorted().toArray();
    this.points = Arrays.stream(rising).distinct().toArray();
    this.below = new double[points.length + 1];
    int at = 0;
    for (int i = 0; i < points.length; i++) {
      while (at < rising.length && rising[at] == points[i]) {
        at++;
      }
      below[i + 1] = (double) at / rising.length;
    }
    this.referenceRows = rising.length;
    this.cells = new int[size];
    this.counts = new int[2 * points.length + 1];
  }

  /** NaN doesn't count. */
  public void add(double value) {
    if (Double.isNaN(value)) {
      return;
    }
    int place = (int) (added % cells.length);
    if (isFull()) {
      counts[cells[place]]--;
    }
    int found = Arrays.binarySearch(points, positiveZero(value));
    cells[place] = found >= 0 ? 2 * found + 1 : 2 * (-found - 1);
    counts[cells[place]]++;
    added++;
  }

  public boolean isFull() {
    return added >= cells.length;
  }

  /** How many values came in all. */
  public long added() {
    return added;
  }

  /** n. */
  public int rows() {
    return (int) Math.min(added, cells.length);
  }

  /** m. */
  public int referenceRows() {
    return referenceRows;
  }

  /** Of one value at least. */
  public Drift drift() {
    double greatest = 0;
    boolean risen = false;
    int before = 0;
    for (int cell = 0; cell < counts.length; cell++) {
      before += counts[cell];
      // In cell 2i G is what lies below u_i; from u_i on, in cell 2i + 1, what is at most u_i.
      double difference = below[(cell + 1) / 2] - (double) before / rows();
      if (Math.abs(difference) > greatest) {
        greatest = Math.abs(difference);
        risen = difference > 0;
      }
    }
    return new Drift(greatest, TEST.approximateP(greatest, rows(), referenceRows), risen);
  }

  /** A binary search tells -0 and 0 apart. */
  private static double positiveZero(double value) {
    return value + 0.0;
  }
}
