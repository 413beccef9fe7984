package dev.bridle.events;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * What the monitor asks of a trainer. A trainer that lacks the knob answers {@link
 * Acknowledgement.Refused}.
 */
@JsonTypeInfo(
    use = JsonTypeInfo.Id.NAME,
    property = "kind",
    defaultImpl = ControlSignal.Unrecognized.class)
@JsonSubTypes({
  @Type(value = ControlSignal.StopTraining.class, name = "stopTraining"),
  @Type(value = ControlSignal.ReduceLearningRate.class, name = "reduceLearningRate"),
  @Type(value = ControlSignal.StrengthenRegularization.class, name = "strengthenRegularization")
})
public sealed interface ControlSignal {
  /**
   * Train no further epoch and restore the best.
   *
   * @param bestEpoch the best epoch by the deciding rule's metric; 0 if it saw none
   */
  record StopTraining(int bestEpoch) implements ControlSignal {
    public StopTraining {
      Require.atLeast("signal.bestEpoch", 0, bestEpoch);
    }
  }

  /**
   * Multiply the learning rate.
   *
   * @param factor in (0, 1)
   */
  record ReduceLearningRate(double factor) implements ControlSignal {
    public ReduceLearningRate {
      if (!(factor > 0 && factor < 1)) {
        throw new IllegalArgumentException(
            "signal.factor should be between 0 and 1, exclusive: was " + factor);
      }
    }
  }

  /**
   * Multiply the strength of a regularization technique.
   *
   * @param technique its name in the trainer's catalog, such as {@code dropout}
   * @param factor above 1
   */
  record StrengthenRegularization(String technique, double factor) implements ControlSignal {
    public StrengthenRegularization {
      Require.text("signal.technique", technique);
      if (!(factor > 1) || Double.isInfinite(factor)) {
        throw new IllegalArgumentException(
            "signal.factor should be above 1 and finite: was " + factor);
      }
    }
  }

  /** A signal that a newer monitor knows; to be refused. */
  record Unrecognized() implements ControlSignal {}
}
