package dev.bridle.inference.uncertainty;

import java.util.Arrays;

/**
 * Folds the samples of one output into its moments, in memory of [rows, units] whatever their
 * number. Each row is a fold of its own over its samples in their order, so its bits don't depend
 * on the rows beside it.
 *
 * <p>Mean and variance by Welford's recurrence (Technometrics 4(3), 1962): {@code m += (x - m)/t; s
 * += (x - m_before)(x - m)}, in double precision. NaN in a sample makes its unit's moments, and its
 * row's entropies, NaN, and votes for nobody.
 */
public final class SampleAccumulator implements Moments {
  private final int rows;
  private final int units;
  private final OutputKind kind;
  private final boolean independent;
  private final double[] mean;
  private final double[] squares;
  private final double[] entropy;
  private final double[] labelEntropy;
  private final int[] votes;
  private final int[] samples;

  private SampleAccumulator(int rows, int units, OutputKind kind, boolean independent) {
    this.rows = rows;
    this.units = units;
    this.kind = kind;
    this.independent = independent;
    this.mean = new double[rows * units];
    this.squares = new double[rows * units];
    this.entropy = new double[rows];
    this.labelEntropy = new double[kind == OutputKind.LABELS ? rows * units : 0];
    this.votes = new int[rows * units];
    this.samples = new int[rows];
  }

  /**
   * For samples that are drawn independently.
   *
   * @param rows B, the rows of the request
   * @param units C, the numbers in one row
   */
  public static SampleAccumulator ofIndependent(int rows, int units, OutputKind kind) {
    return new SampleAccumulator(rows, units, kind, true);
  }

  /** For samples that depend on each other, as {@link #ofIndependent}. */
  public static SampleAccumulator ofDependent(int rows, int units, OutputKind kind) {
    return new SampleAccumulator(rows, units, kind, false);
  }

  /** Adds the row's next sample, {@code values[offset .. offset + units)}. */
  public void add(int row, float[] values, int offset) {
    fold(row, values, offset);
    if (kind == OutputKind.DISTRIBUTION) {
      entropy[row] += (Entropy.of(values, offset, units) - entropy[row]) / samples[row];
    } else if (kind == OutputKind.LABELS) {
      int first = row * units;
      for (int unit = 0; unit < units; unit++) {
        labelEntropy[first + unit] +=
            (Entropy.ofLabel(values[offset + unit]) - labelEntropy[first + unit]) / samples[row];
      }
    }
  }

  /**
   * Adds the row's next samples of probabilities that add up to 1, whose entropies are known: the
   * moments of these, and then of all (Chan, Golub and LeVeque, 1979).
   *
   * @param probabilities [units][T]
   * @param entropies [T] in nats
   */
  public void add(int row, double[][] probabilities, double[] entropies) {
    int count = entropies.length;
    int before = samples[row];
    int all = before + count;
    samples[row] = all;
    double[] distances = new double[count];
    for (int unit = 0; unit < units; unit++) {
      int at = row * units + unit;
      double meanOfThese = sum(probabilities[unit]) / count;
      double distance = meanOfThese - mean[at];
      squareDistances(probabilities[unit], meanOfThese, distances);
      mean[at] += distance * count / all;
      squares[at] += sum(distances) + distance * distance * before * count / all;
    }
    entropy[row] += (sum(entropies) - count * entropy[row]) / all;
    vote(row, probabilities, count);
  }

  private static void squareDistances(double[] values, double from, double[] to) {
    for (int at = 0; at < to.length; at++) {
      to[at] = (values[at] - from) * (values[at] - from);
    }
  }

  /** By four sums, which the processor adds up at once. */
  private static double sum(double[] values) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int at = 0;
    for (; at + 3 < values.length; at += 4) {
      a += values[at];
      b += values[at + 1];
      c += values[at + 2];
      d += values[at + 3];
    }
    for (; at < values.length; at++) {
      a += values[at];
    }
    return (a + b) + (c + d);
  }

  /** Each sample's for its greatest probability, the first of equals; NaN is for nobody. */
  private void vote(int row, double[][] probabilities, int count) {
    double[] greatest = Arrays.copyOf(probabilities[0], count);
    for (int unit = 1; unit < units; unit++) {
      raise(greatest, probabilities[unit]);
    }
    int[] choices = new int[count];
    Arrays.fill(choices, -1);
    for (int unit = units - 1; unit >= 0; unit--) {
      choose(unit, greatest, probabilities[unit], choices);
    }
    for (int choice : choices) {
      if (choice >= 0) {
        votes[row * units + choice]++;
      }
    }
  }

  private static void raise(double[] greatest, double[] values) {
    for (int at = 0; at < greatest.length; at++) {
      greatest[at] = Math.max(greatest[at], values[at]);
    }
  }

  private static void choose(int unit, double[] greatest, double[] values, int[] choices) {
    for (int at = 0; at < greatest.length; at++) {
      choices[at] = values[at] == greatest[at] ? unit : choices[at];
    }
  }

  private void fold(int row, float[] values, int offset) {
    double share = 1.0 / ++samples[row];
    int first = row * units;
    int greatest = 0;
    for (int unit = 0; unit < units; unit++) {
      double value = values[offset + unit];
      double before = value - mean[first + unit];
      mean[first + unit] += before * share;
      squares[first + unit] += before * (value - mean[first + unit]);
      greatest = value > values[offset + greatest] ? unit : greatest;
    }
    if (!Float.isNaN(values[offset + greatest])) {
      votes[first + greatest]++;
    }
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int units() {
    return units;
  }

  @Override
  public int samples(int row) {
    return samples[row];
  }

  @Override
  public boolean areIndependent() {
    return independent;
  }

  @Override
  public double mean(int row, int unit) {
    return mean[row * units + unit];
  }

  /**
   * The estimate of Var[y] with T - 1, {@code sum (y_t - mean)^2 / (T - 1)}, unbiased where the
   * samples are independent; 0 for a single sample, which shows no spread.
   */
  @Override
  public double variance(int row, int unit) {
    return samples[row] < 2 ? 0 : squares[row * units + unit] / (samples[row] - 1);
  }

  @Override
  public double meanVariance(int row, int unit) {
    return variance(row, unit) / samples[row];
  }

  @Override
  public double expectedEntropy(int row) {
    return entropy[row];
  }

  @Override
  public double expectedEntropy(int row, int unit) {
    return kind == OutputKind.LABELS ? labelEntropy[row * units + unit] : Double.NaN;
  }

  @Override
  public double votes(int row, int unit) {
    return (double) votes[row * units + unit] / samples[row];
  }
}
