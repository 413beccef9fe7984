package dev.bridle.trainer.export;

/**
 * How far the exported graph's answers are from the training engine's, over all rows and columns.
 *
 * @param rows that were compared
 * @param worst the greatest |a - b| / max(scale, |a|), a being the engine's; NaN if any is
 * @param row where it is
 * @param column where it is
 * @param engine a there
 * @param exported b there
 */
public record ParityReport(
    int rows, double worst, int row, int column, double engine, double exported) {
  /** The greatest deviation that passes. */
  public static final double TOLERANCE = 1e-5;

  /**
   * @param engine row-major answers
   * @param exported as many, in the same order
   * @param scale of the answers: 1 for probabilities
   */
  public static ParityReport of(float[] engine, float[] exported, int columns, double scale) {
    if (engine.length != exported.length) {
      throw new IllegalArgumentException(
          "the engine gave %d values, the exported graph %d"
              .formatted(engine.length, exported.length));
    }
    int worstAt = 0;
    double worst = 0;
    for (int i = 0; i < engine.length && !Double.isNaN(worst); i++) {
      double deviation =
          Math.abs((double) engine[i] - exported[i])
              / Math.max(scale, Math.abs((double) engine[i]));
      if (!(deviation <= worst)) {
        worst = deviation;
        worstAt = i;
      }
    }
    return new ParityReport(
        engine.length / columns,
        worst,
        worstAt / columns,
        worstAt % columns,
        engine[worstAt],
        exported[worstAt]);
  }

  public boolean passed() {
    return worst <= TOLERANCE;
  }

  /** For people. */
  public String sentence() {
    return "exported answers should be within %s of the training engine's: over %d rows the"
            .formatted(TOLERANCE, rows)
        + " worst is %s, row %d, column %d: %s in the engine, %s exported"
            .formatted(worst, row, column, engine, exported);
  }
}
