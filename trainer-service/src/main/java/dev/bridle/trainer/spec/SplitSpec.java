package dev.bridle.trainer.spec;

/**
 * Shares of the rows, each in (0, 1), together at most 1; rows beyond their sum stay unused. The
 * default is 0.6, 0.2 and 0.2.
 */
public record SplitSpec(Double training, Double validation, Double test) {
  static final SplitSpec DEFAULT = new SplitSpec(0.6, 0.2, 0.2);
  private static final double ROUNDING = 1e-9;

  public SplitSpec {
    share("data.split.training", training);
    share("data.split.validation", validation);
    share("data.split.test", test);
    if (training + validation + test > 1 + ROUNDING) {
      throw new InvalidFieldException(
          "data.split", "should add up to at most 1: was " + (training + validation + test));
    }
  }

  private static void share(String field, Double value) {
    if (!(Require.present(field, value) > 0 && value < 1)) {
      throw new InvalidFieldException(field, "should be above 0 and below 1: was " + value);
    }
  }
}
