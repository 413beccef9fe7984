package dev.bridle.trainer.data;

import java.util.Arrays;

/**
 * Rows with their class indices.
 *
 * @param features row-major, {@code count * columns} values
 * @param labels one class index a row
 */
public record Rows(float[] features, int columns, int[] labels) {
  public int count() {
    return labels.length;
  }

  /** The first so many rows, or all where there are fewer. */
  public Rows first(int most) {
    int kept = Math.min(most, count());
    return new Rows(Arrays.copyOf(features, kept * columns), columns, Arrays.copyOf(labels, kept));
  }

  /** All rows, then all again, so many times. */
  public Rows repeated(int times) {
    float[] values = new float[features.length * times];
    int[] classes = new int[labels.length * times];
    for (int i = 0; i < times; i++) {
      System.arraycopy(features, 0, values, i * features.length, features.length);
      System.arraycopy(labels, 0, classes, i * labels.length, labels.length);
    }
    return new Rows(values, columns, classes);
  }
}
