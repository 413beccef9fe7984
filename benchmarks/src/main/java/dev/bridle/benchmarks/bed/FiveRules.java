package dev.bridle.benchmarks.bed;

import dev.bridle.events.PolicySpec;
import java.util.List;
import java.util.Map;

/** A policy of five rules, none of which stops a run of {@link Runs}. */
public final class FiveRules {
  public static final PolicySpec POLICY =
      new PolicySpec(
          "any",
          List.of(
              Map.of("rule", "patience", "patience", 1_000_000),
              Map.of("rule", "generalizationGap"),
              Map.of("rule", "lossNotDecreasing"),
              Map.of("rule", "explodingGradient"),
              Map.of("rule", "spike")));

  private FiveRules() {}
}
