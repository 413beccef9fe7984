package dev.bridle.benchmarks.report;

/** A limit that a finding should keep. */
public record Goal(Side side, double limit) {
  /** Where a finding should lie. */
  public enum Side {
    AT_MOST,
    AT_LEAST,
    ABOVE
  }

  public static Goal atMost(double limit) {
    return new Goal(Side.AT_MOST, limit);
  }

  public static Goal atLeast(double limit) {
    return new Goal(Side.AT_LEAST, limit);
  }

  public static Goal above(double limit) {
    return new Goal(Side.ABOVE, limit);
  }

  /** NaN meets no goal. */
  public boolean isMetBy(double value) {
    return switch (side) {
      case AT_MOST -> value <= limit;
      case AT_LEAST -> value >= limit;
      case ABOVE -> value > limit;
    };
  }

  @Override
  public String toString() {
    String number = limit == Math.rint(limit) ? "%,.0f".formatted(limit) : "" + limit;
    return switch (side) {
          case AT_MOST -> "<= ";
          case AT_LEAST -> ">= ";
          case ABOVE -> "> ";
        }
        + number;
  }
}
