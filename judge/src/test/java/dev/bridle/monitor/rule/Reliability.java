package dev.bridle.monitor.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether what was said with a probability came as often. */
final class Reliability {
  private static final double[] EDGES = {0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 1};

  private final int[] count = new int[EDGES.length - 1];
  private final double[] said = new double[EDGES.length - 1];
  private final double[] came = new double[EDGES.length - 1];

  /** Claims of similar probability. */
  record Bin(double from, double to, int count, double said, double came) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "%.2f-%.2f  %6d  said %.3f  came %.3f", from, to, count, said, came);
    }
  }

  void add(double probability, boolean happened) {
    int bin = 0;
    while (bin < count.length - 1 && probability >= EDGES[bin + 1]) {
      bin++;
    }
    count[bin]++;
    said[bin] += probability;
    came[bin] += happened ? 1 : 0;
  }

  void addAll(Reliability other) {
    for (int i = 0; i < count.length; i++) {
      count[i] += other.count[i];
      said[i] += other.said[i];
      came[i] += other.came[i];
    }
  }

  List<Bin> bins() {
    List<Bin> bins = new ArrayList<>();
    for (int i = 0; i < count.length; i++) {
      int n = Math.max(1, count[i]);
      bins.add(new Bin(EDGES[i], EDGES[i + 1], count[i], said[i] / n, came[i] / n));
    }
    return bins;
  }

  /** Of all claims. */
  Bin all() {
    int n = 0;
    double sumSaid = 0;
    double sumCame = 0;
    for (int i = 0; i < count.length; i++) {
      n += count[i];
      sumSaid += said[i];
      sumCame += came[i];
    }
    return new Bin(0, 1, n, sumSaid / Math.max(1, n), sumCame / Math.max(1, n));
  }

  /** The expected calibration error: the mean distance of said and came, by the bins' counts. */
  double error() {
    return bins().stream().mapToDouble(bin -> bin.count() * Math.abs(bin.said() - bin.came())).sum()
        / Math.max(1, all().count());
  }
}
