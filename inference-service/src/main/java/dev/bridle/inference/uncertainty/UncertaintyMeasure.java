package dev.bridle.inference.uncertainty;

/**
 * A number, or a row of numbers, that the accumulated samples of an output say about its
 * uncertainty. One class and one line in the {@link UncertaintyMeasures catalog} each.
 */
public interface UncertaintyMeasure {
  /** The shape of a measure of an output [B, C]. */
  enum Extent {
    /** [B] */
    PER_ROW,
    /** [B, C] */
    PER_UNIT
  }

  /** Its tensor is {@code <output>.<name>}: lowercase, words joined by underscores. */
  String name();

  Extent extent();

  /** Whether it has a meaning for outputs of this kind. */
  boolean describes(OutputKind kind);

  /** Row-major values of the measure's {@link #extent}; NaN where the samples hold NaN. */
  double[] of(Moments samples);
}
