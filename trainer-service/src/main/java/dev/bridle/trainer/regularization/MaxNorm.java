package dev.bridle.trainer.regularization;

import java.util.Optional;

/**
 * Holds the Euclidean norm of each unit's incoming weights to at most {@code norm}: after each
 * update a longer row is scaled back to it. Source: Srebro and Shraibman, 2005; Srivastava et al.,
 * 2014, with 3 or 4. Strengthened: norm divided by factor, down to 0.01.
 */
record MaxNorm(double norm) implements Regularizer {
  private static final double LEAST = 0.01;

  MaxNorm(Settings settings) {
    this(settings.number("norm", 3, LEAST, 1000));
  }

  @Override
  public void afterUpdate(WeightStep weight, double learningRate) {
    if (!weight.matrix()) {
      return;
    }
    float[] values = weight.values();
    int inputs = values.length / weight.units();
    for (int from = 0; from < values.length; from += inputs) {
      double squares = 0;
      for (int i = from; i < from + inputs; i++) {
        squares += (double) values[i] * values[i];
      }
      if (squares > norm * norm) {
        float scale = (float) (norm / Math.sqrt(squares));
        for (int i = from; i < from + inputs; i++) {
          values[i] *= scale;
        }
      }
    }
  }

  @Override
  public Optional<Regularizer> strengthened(double factor) {
    return norm > LEAST
        ? Optional.of(new MaxNorm(Math.max(LEAST, norm / factor)))
        : Optional.empty();
  }
}
