package dev.bridle.inference.engine;

/** The softmax of rows of logits, as {@link Exponentials} give it. Not thread-safe. */
final class RowSoftmax {
  private double[] exponentials = new double[0];

  /** Replaces each row of the first so many rows, whose length is that of the row shape. */
  void replace(float[][] rows, int count) {
    int classes = rows[0].length;
    int numbers = count * classes;
    exponentials = exponentials.length == numbers ? exponentials : new double[numbers];
    for (int row = 0; row < count; row++) {
      float greatest = Float.NEGATIVE_INFINITY;
      for (float logit : rows[row]) {
        greatest = Math.max(greatest, logit);
      }
      for (int i = 0; i < classes; i++) {
        exponentials[row * classes + i] = rows[row][i] - greatest;
      }
    }
    Exponentials.replace(exponentials);
    for (int row = 0; row < count; row++) {
      double sum = 0;
      for (int i = 0; i < classes; i++) {
        sum += exponentials[row * classes + i];
      }
      double share = 1 / sum;
      for (int i = 0; i < classes; i++) {
        rows[row][i] = (float) (exponentials[row * classes + i] * share);
      }
    }
  }
}
