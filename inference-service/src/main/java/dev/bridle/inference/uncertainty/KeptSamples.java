package dev.bridle.inference.uncertainty;

/**
 * The samples of one output themselves, [T, B, C] row-major, for whoever needs more of their
 * distribution than its moments, as a test log-likelihood does. NaN stays what it is.
 */
public final class KeptSamples {
  /** 64 MiB of floats. */
  public static final int MOST_VALUES = 1 << 24;

  private final int rows;
  private final int units;
  private final float[] values;
  private final int[] samples;

  /**
   * @param count T, together with rows and units at most {@link #MOST_VALUES} numbers
   * @param rows B
   * @param units C
   */
  public KeptSamples(int count, int rows, int units) {
    this.rows = rows;
    this.units = units;
    this.values = new float[Math.multiplyExact(Math.multiplyExact(count, rows), units)];
    this.samples = new int[rows];
  }

  /** Adds the row's next sample, {@code output[offset .. offset + C)}. */
  public void add(int row, float[] output, int offset) {
    int sample = samples[row]++;
    System.arraycopy(output, offset, values, (sample * rows + row) * units, units);
  }

  /** All of them; not to be changed. */
  public float[] values() {
    return values;
  }
}
