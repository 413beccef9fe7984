package dev.bridle.scores;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How good the last predictions were whose truth came later: a window of rows, the oldest of which
 * gives way. The scores are those of {@link ClassificationScores}; NaN where no row has them.
 * Thread-safe.
 */
public final class LiveScores {
  /**
   * A row whose label is known.
   *
   * @param confidence p of the likeliest class
   * @param right whether that is the label
   * @param brier sum_c (p_c - [c is the label])^2
   */
  private record Row(double confidence, boolean right, double brier) {}

  /**
   * @param inside whether it lay where it was promised to
   * @param promised with which probability
   */
  private record Truth(boolean inside, double promised) {}

  private final int window;
  private final Deque<Row> rows = new ArrayDeque<>();
  private final Deque<Truth> covered = new ArrayDeque<>();

  /**
   * @param window the most rows that count, 1 at least
   */
  public LiveScores(int window) {
    if (window < 1) {
      throw new IllegalArgumentException("window should be at least 1: was " + window);
    }
    this.window = window;
  }

  /**
   * @param probabilities [rows, classes] row-major
   * @param labels [rows], each from 0 to classes - 1
   */
  public synchronized void add(float[] probabilities, int[] labels) {
    int classes = probabilities.length / labels.length;
    for (int row = 0; row < labels.length; row++) {
      int first = row * classes;
      int likeliest = 0;
      double brier = 0;
      for (int at = 0; at < classes; at++) {
        double p = probabilities[first + at];
        likeliest = p > probabilities[first + likeliest] ? at : likeliest;
        double error = p - (at == labels[row] ? 1 : 0);
        brier += error * error;
      }
      keep(rows, new Row(probabilities[first + likeliest], likeliest == labels[row], brier));
    }
  }

  /**
   * Whether each truth lay in the set or the interval that was promised to hold it.
   *
   * @param promised with which probability
   */
  public synchronized void addCovered(boolean[] truths, double promised) {
    for (boolean truth : truths) {
      keep(covered, new Truth(truth, promised));
    }
  }

  /** How many rows count. */
  public synchronized int rows() {
    return rows.size();
  }

  public synchronized double accuracy() {
    return mean(row -> row.right() ? 1 : 0);
  }

  public synchronized double brier() {
    return mean(Row::brier);
  }

  /** Over the bins of {@link Reliability}. */
  public synchronized double ece() {
    if (rows.isEmpty()) {
      return Double.NaN;
    }
    List<Row> all = List.copyOf(rows);
    boolean[] right = new boolean[all.size()];
    for (int at = 0; at < right.length; at++) {
      right[at] = all.get(at).right();
    }
    double[] confidence = all.stream().mapToDouble(Row::confidence).toArray();
    return Reliability.error(Reliability.of(confidence, right));
  }

  /** The share of truths in their sets or intervals. */
  public synchronized double coverage() {
    return covered.stream()
        .mapToDouble(truth -> truth.inside() ? 1 : 0)
        .average()
        .orElse(Double.NaN);
  }

  /** The share that was promised of them. */
  public synchronized double promisedCoverage() {
    return covered.stream().mapToDouble(Truth::promised).average().orElse(Double.NaN);
  }

  /** How many truths {@link #coverage} is over. */
  public synchronized int coveredRows() {
    return covered.size();
  }

  private double mean(ToDoubleFunction<Row> score) {
    return rows.stream().mapToDouble(score).average().orElse(Double.NaN);
  }

  private <T> void keep(Deque<T> all, T one) {
    all.addLast(one);
    if (all.size() > window) {
      all.removeFirst();
    }
  }
}
