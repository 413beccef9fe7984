package dev.bridle.trainer.data;

import java.util.Arrays;
import java.util.List;

/**
 * Rows with what is to be predicted of them.
 *
 * @param features row-major, {@code count * columns} values; NaN where one is missing
 * @param targets one value a row for each target, in the table's order: a class's index, or a
 *     number; NaN where the row has none
 */
public record Rows(float[] features, int columns, List<float[]> targets) {
  public Rows {
    targets = List.copyOf(targets);
  }

  /** Rows of one target that has classes. */
  public Rows(float[] features, int columns, int[] labels) {
    this(features, columns, List.of(floats(labels)));
  }

  public int count() {
    return features.length / columns;
  }

  /** Marks a row without a label. */
  public static final int UNLABELED = -1;

  /** The class indices of the first target. */
  public int[] labels() {
    return labels(0);
  }

  /** The class indices of a target, {@link #UNLABELED} where a row has none. */
  public int[] labels(int target) {
    float[] values = targets.get(target);
    int[] labels = new int[values.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = Float.isNaN(values[i]) ? UNLABELED : (int) values[i];
    }
    return labels;
  }

  /** The chosen rows, in the order of the indices. */
  public Rows select(int[] rows) {
    float[] chosen = new float[rows.length * columns];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(features, rows[i] * columns, chosen, i * columns, columns);
    }
    return new Rows(
        chosen, columns, targets.stream().map(values -> selected(values, rows)).toList());
  }

  /** The first so many rows, or all where there are fewer. */
  public Rows first(int most) {
    int[] rows = new int[Math.min(most, count())];
    Arrays.setAll(rows, i -> i);
    return select(rows);
  }

  /** All rows, then all again, so many times. */
  public Rows repeated(int times) {
    int[] rows = new int[count() * times];
    Arrays.setAll(rows, i -> i % count());
    return select(rows);
  }

  private static float[] selected(float[] values, int[] rows) {
    float[] chosen = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      chosen[i] = values[rows[i]];
    }
    return chosen;
  }

  static float[] floats(int[] labels) {
    float[] values = new float[labels.length];
    for (int i = 0; i < labels.length; i++) {
      values[i] = labels[i] == UNLABELED ? Float.NaN : labels[i];
    }
    return values;
  }
}
