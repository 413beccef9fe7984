package dev.bridle.trainer.train;

/** Euclidean norms, summed in double precision. */
final class Norms {
  private Norms() {}

  static double squared(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return sum;
  }
}
