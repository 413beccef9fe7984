package dev.bridle.monitor.rule;

import dev.bridle.events.Severity;
import java.util.Map;

/** What a rule thinks of a run after an epoch. */
public sealed interface Verdict {
  <T> T accept(Visitor<T> visitor);

  /** One method a kind, so that the compiler sees that none is forgotten. */
  interface Visitor<T> {
    T keepTraining(KeepTraining verdict);

    T stopTraining(StopTraining verdict);

    T reduceLearningRate(ReduceLearningRate verdict);

    T strengthenRegularization(StrengthenRegularization verdict);

    T raiseAlert(RaiseAlert verdict);

    T resolveAlert(ResolveAlert verdict);
  }

  /** Nothing to say. */
  record KeepTraining() implements Verdict {
    static final KeepTraining VERDICT = new KeepTraining();

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.keepTraining(this);
    }
  }

  /**
   * Waiting longer isn't worth it.
   *
   * @param bestEpoch by the rule's metric; 0 if it never saw a usable value
   */
  record StopTraining(int bestEpoch, String reason, Map<String, Double> evidence)
      implements Verdict {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.stopTraining(this);
    }
  }

  /** Multiply the learning rate by a factor in (0, 1). */
  record ReduceLearningRate(double factor, String reason, Map<String, Double> evidence)
      implements Verdict {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.reduceLearningRate(this);
    }
  }

  /** Multiply a technique's strength by a factor above 1. */
  record StrengthenRegularization(
      String technique, double factor, String reason, Map<String, Double> evidence)
      implements Verdict {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.strengthenRegularization(this);
    }
  }

  /** Something is unhealthy. Not repeated while it lasts. */
  record RaiseAlert(Severity severity, String message, Map<String, Double> evidence, String remedy)
      implements Verdict {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.raiseAlert(this);
    }
  }

  /** What the rule's last alert saw no longer holds. */
  record ResolveAlert() implements Verdict {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.resolveAlert(this);
    }
  }
}
