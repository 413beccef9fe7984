package dev.bridle.trainer.spec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * How the learning rate goes over the epochs, as a factor of the optimizer's. Every kind may warm
 * up: over its first {@code warmUp} epochs the factor is multiplied by epoch / (warmUp + 1). A
 * further kind is a record and a line here.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ScheduleSpec.Constant.class, name = "constant"),
  @JsonSubTypes.Type(value = ScheduleSpec.Step.class, name = "step"),
  @JsonSubTypes.Type(value = ScheduleSpec.Exponential.class, name = "exponential"),
  @JsonSubTypes.Type(value = ScheduleSpec.Cosine.class, name = "cosine")
})
public sealed interface ScheduleSpec {
  /** Epochs of the warm-up: 0 to 100,000. */
  Integer warmUp();

  /** The factor of an epoch, without the warm-up. */
  double decay(int epoch, int epochs);

  /**
   * @param epoch counted from 1
   * @param epochs planned
   */
  default double factor(int epoch, int epochs) {
    return decay(epoch, epochs) * Math.min(1, epoch / (warmUp() + 1.0));
  }

  /** 1. */
  record Constant(Integer warmUp) implements ScheduleSpec {
    public Constant {
      warmUp = warmUpOf(warmUp);
    }

    @Override
    public double decay(int epoch, int epochs) {
      return 1;
    }
  }

  /**
   * factor^floor((epoch - 1) / every).
   *
   * @param every epochs: 30
   * @param factor in (0, 1]: 0.1
   */
  record Step(Integer every, Double factor, Integer warmUp) implements ScheduleSpec {
    public Step {
      every = Require.between("training.schedule.every", 1, 100_000, Require.orElse(every, 30));
      factor = factorOf(factor, 0.1);
      warmUp = warmUpOf(warmUp);
    }

    @Override
    public double decay(int epoch, int epochs) {
      return Math.pow(factor, (epoch - 1) / every);
    }
  }

  /**
   * factor^(epoch - 1).
   *
   * @param factor in (0, 1]: 0.95
   */
  record Exponential(Double factor, Integer warmUp) implements ScheduleSpec {
    public Exponential {
      factor = factorOf(factor, 0.95);
      warmUp = warmUpOf(warmUp);
    }

    @Override
    public double decay(int epoch, int epochs) {
      return Math.pow(factor, epoch - 1.0);
    }
  }

  /**
   * least + (1 - least) (1 + cos(pi (epoch - 1) / epochs)) / 2 (Loshchilov and Hutter, 2017,
   * without restarts).
   *
   * @param least in [0, 1): 0
   */
  record Cosine(Double least, Integer warmUp) implements ScheduleSpec {
    public Cosine {
      least = Require.from("training.schedule.least", 0, 1, Require.orElse(least, 0.0));
      warmUp = warmUpOf(warmUp);
    }

    @Override
    public double decay(int epoch, int epochs) {
      return least + (1 - least) * (1 + Math.cos(Math.PI * (epoch - 1) / epochs)) / 2;
    }
  }

  private static int warmUpOf(Integer value) {
    return Require.between("training.schedule.warmUp", 0, 100_000, Require.orElse(value, 0));
  }

  private static double factorOf(Double value, double fallback) {
    return Require.above("training.schedule.factor", 0, 1, Require.orElse(value, fallback));
  }
}
