package dev.bridle.trainer.regularization;

import java.util.Optional;

/** Shares that grow up to a limit. */
final class Rates {
  static final double MOST = 0.9;

  private Rates() {}

  /** min(0.9, rate factor); empty if that is no more than before. */
  static Optional<Double> strengthened(double rate, double factor) {
    double next = Math.min(MOST, rate * factor);
    return next > rate ? Optional.of(next) : Optional.empty();
  }
}
