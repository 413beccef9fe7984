package dev.bridle.benchmarks.report;

/** A limit that a finding should keep. */
public record Goal(Side side, double limit) {
  /** Where a finding should lie. */
  public enum Side {
    AT_MOST,
    AT_LEAST
  }

  public static Goal atMost(double limit) {
    return new Goal(Side.AT_MOST, limit);
  }

  public static Goal atLeast(double limit) {
    return new Goal(Side.AT_LEAST, limit);
  }

  /** NaN meets no goal. */
  public boolean isMetBy(double value) {
    return side == Side.AT_MOST ? value <= limit : value >= limit;
  }

  @Override
  public String toString() {
    String number = limit == Math.rint(limit) ? "%,.0f".formatted(limit) : "" + limit;
    return (side == Side.AT_MOST ? "<= " : ">= ") + number;
  }
}
