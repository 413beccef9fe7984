package dev.bridle.trainer.data;

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
}
