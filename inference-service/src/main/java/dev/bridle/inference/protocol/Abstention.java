package dev.bridle.inference.protocol;

import dev.bridle.inference.engine.SampledOutput;
import dev.bridle.inference.engine.Tensor;
import dev.bridle.inference.uncertainty.UncertaintyMeasure;
import dev.bridle.inference.uncertainty.UncertaintyMeasures;

/**
 * Says of each row whether the model had better not answer: where its sub-networks disagree by more
 * than a threshold, or by NaN.
 *
 * @param mutualInformation the threshold, in nats
 */
record Abstention(double mutualInformation) {
  static final String NAME = "abstain";

  private static final UncertaintyMeasure MEASURE =
      UncertaintyMeasures.named("mutual_information").orElseThrow();

  /** BOOL [rows]. */
  Tensor of(SampledOutput output) {
    double[] measured = MEASURE.of(output.moments());
    boolean[] abstains = new boolean[measured.length];
    for (int row = 0; row < measured.length; row++) {
      abstains[row] = !(measured[row] <= mutualInformation);
    }
    return Tensor.booleans(abstains);
  }
}
