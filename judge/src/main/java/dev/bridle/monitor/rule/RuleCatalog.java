package dev.bridle.monitor.rule;

import java.util.List;

/** Every kind of rule that a policy can name: one line each. */
public final class RuleCatalog {
  private static final List<RuleDefinition<?>> RULES =
      List.of(
          Patience.DEFINITION,
          MaxEpochs.DEFINITION,
          Threshold.DEFINITION,
          TimeBudget.DEFINITION,
          StepsWithoutImprovement.DEFINITION,
          MedianOfFinished.DEFINITION,
          ExpectedImprovement.DEFINITION,
          SmoothedPatience.DEFINITION,
          Prechelt.DEFINITION,
          Cdsc.DEFINITION,
          PlateauDeviation.DEFINITION,
          MovingAverage.DEFINITION,
          ReduceOnPlateau.DEFINITION,
          GeneralizationGap.DEFINITION,
          OverfitRatio.DEFINITION,
          VanishingGradient.DEFINITION,
          ExplodingGradient.DEFINITION,
          GradientRatio.DEFINITION,
          DeadReLU.DEFINITION,
          SaturatedActivations.DEFINITION,
          WeightUpdateRatio.DEFINITION,
          LearningRateRange.DEFINITION,
          DropoutRange.DEFINITION,
          LossNotDecreasing.DEFINITION,
          Overtraining.DEFINITION,
          Spike.DEFINITION,
          UnchangedWeights.DEFINITION,
          ClassImbalance.DEFINITION,
          PoorInitialization.DEFINITION,
          Oscillation.DEFINITION,
          ValidationLossRising.DEFINITION,
          ValidationAboveTraining.DEFINITION,
          StalledRun.DEFINITION);

  private RuleCatalog() {}

  public static List<RuleDefinition<?>> rules() {
    return RULES;
  }

  /**
   * @param key where the name stands in the policy, for the error
   * @throws InvalidPolicyException if there is no such rule
   */
  public static RuleDefinition<?> named(String key, String name) {
    return RULES.stream()
        .filter(rule -> rule.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidPolicyException(
                    key,
                    "is no rule: was '%s', there are %s"
                        .formatted(name, RULES.stream().map(RuleDefinition::name).toList())));
  }
}
