package dev.bridle.inference.uncertainty;

import java.util.List;
import java.util.Optional;

/** Every measure that the service answers with. */
public final class UncertaintyMeasures {
  private static final List<UncertaintyMeasure> CATALOG =
      List.of(
          new Variance(),
          new PredictiveEntropy(),
          new ExpectedEntropy(),
          new MutualInformation(),
          new VariationRatio(),
          new Margin(),
          new LabelPredictiveEntropy(),
          new LabelExpectedEntropy(),
          new LabelMutualInformation(),
          new MeanStandardError());

  private UncertaintyMeasures() {}

  public static List<UncertaintyMeasure> all() {
    return CATALOG;
  }

  /** The measures that have a meaning for outputs of this kind. */
  public static List<UncertaintyMeasure> describing(OutputKind kind) {
    return CATALOG.stream().filter(measure -> measure.describes(kind)).toList();
  }

  public static Optional<UncertaintyMeasure> named(String name) {
    return CATALOG.stream().filter(measure -> measure.name().equals(name)).findFirst();
  }
}
