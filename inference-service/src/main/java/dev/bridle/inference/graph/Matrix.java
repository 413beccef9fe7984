package dev.bridle.inference.graph;

/**
 * A constant of two dimensions.
 *
 * @param values row-major
 */
record Matrix(int rows, int columns, float[] values) {
  Matrix transposed() {
    float[] turned = new float[values.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        turned[column * rows + row] = values[row * columns + column];
      }
    }
    return new Matrix(columns, rows, turned);
  }
}
