package dev.bridle.inference.engine;

/**
 * The fast Walsh-Hadamard transform over rows: two of its steps at a time, for the memory's sake.
 * Each number is the same as by single steps, to the bit.
 */
final class WalshHadamard {
  private WalshHadamard() {}

  /** Of the first so many rows, a power of two, in place. */
  static void transform(float[][] rows, int samples) {
    int half = 1;
    for (; 4 * half <= samples; half *= 4) {
      for (int row = 0; row < samples; row++) {
        if ((row & 3 * half) == 0) {
          combine(rows[row], rows[row + half], rows[row + 2 * half], rows[row + 3 * half]);
        }
      }
    }
    for (int row = 0; half < samples && row < half; row++) {
      combine(rows[row], rows[row + half]);
    }
  }

  private static void combine(float[] a, float[] b, float[] c, float[] d) {
    for (int i = 0; i < a.length; i++) {
      float ab = a[i] + b[i];
      float aNotB = a[i] - b[i];
      float cd = c[i] + d[i];
      float cNotD = c[i] - d[i];
      a[i] = ab + cd;
      b[i] = aNotB + cNotD;
      c[i] = ab - cd;
      d[i] = aNotB - cNotD;
    }
  }

  private static void combine(float[] a, float[] b) {
    for (int i = 0; i < a.length; i++) {
      float one = a[i];
      float other = b[i];
      a[i] = one + other;
      b[i] = one - other;
    }
  }
}
