package dev.bridle.inference.protocol;

import static dev.bridle.inference.protocol.ProtocolException.badRequest;

import dev.bridle.inference.engine.Deadline;
import dev.bridle.inference.engine.SampledAnswer;
import dev.bridle.inference.engine.SamplingPlan;
import dev.bridle.inference.engine.ServableModel;
import dev.bridle.inference.engine.Tensor;
import dev.bridle.inference.mask.MaskMethod;
import dev.bridle.inference.mask.MaskMethods;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How a request's sub-networks are drawn.
 *
 * @param method the one asked for, or the one that was chosen
 * @param seedGiven whether the request named the seed
 */
record Drawing(McMethod method, SamplingPlan plan, boolean seedGiven) {
  /** Means alone, or what else the samples say too. */
  enum Wanted {
    MEANS,
    SPREAD,
    /** And the samples themselves. */
    SAMPLES
  }

  /**
   * @param samples T, at least 1
   * @param seeds where the seed comes from that isn't given
   * @param nanos a clock as {@link System#nanoTime}
   */
  static Drawing of(
      SamplingParameters asked,
      int samples,
      Wanted wanted,
      ServableModel model,
      LongSupplier seeds,
      LongSupplier nanos) {
    McMethod method = asked.method().orElseGet(McMethod.Auto::new);
    if (method instanceof McMethod.Auto) {
      method = chosen(asked, samples, wanted, model);
    }
    MaskMethod masks = MaskMethods.INDEPENDENT;
    if (method instanceof McMethod.Masked masked) {
      masks = masked.masks();
    } else {
      String name = method.name();
      model
          .closedFormRefusal()
          .ifPresent(
              reason -> {
                throw badRequest("parameters.mc_method can't be %s: %s", name, reason);
              });
    }
    if (asked.target().isPresent()
        && !(method instanceof McMethod.Masked && masks.isIndependent())) {
      throw badRequest(
          "parameters.mc_target_se needs the method sample, whose standard error is known: was %s",
          method.name());
    }
    if (wanted == Wanted.SAMPLES) {
      requireWhole(asked, method);
    }
    return new Drawing(
        method,
        new SamplingPlan(
            masks,
            samples,
            asked.seed().orElseGet(seeds),
            asked.target(),
            asked.deadline().map(time -> Deadline.in(time, nanos)).orElse(Deadline.NONE),
            wanted == Wanted.SAMPLES ? SamplingPlan.Keeping.SAMPLES : SamplingPlan.Keeping.MOMENTS),
        asked.seed().isPresent());
  }

  /**
   * Whether the sub-networks of the other answer this request too: as many, drawn alike and all of
   * them, and by no other seed than this request named.
   */
  boolean takes(Drawing other) {
    return method.equals(other.method)
        && plan.samples() == other.plan.samples()
        && isWhole()
        && other.isWhole()
        && (!seedGiven || plan.seed() == other.plan.seed());
  }

  private boolean isWhole() {
    return plan.target().isEmpty()
        && plan.deadline() == Deadline.NONE
        && plan.keeping() == SamplingPlan.Keeping.MOMENTS;
  }

  /** A tensor of samples needs as many of each row, and that there are some. */
  private static void requireWhole(SamplingParameters asked, McMethod method) {
    if (asked.target().isPresent() || asked.deadline().isPresent()) {
      throw badRequest(
          "output .%s needs as many samples of each row: without parameters.mc_target_se and"
              + " parameters.mc_deadline_ms",
          AnswerPlan.SAMPLES);
    }
    if (!(method instanceof McMethod.Masked)) {
      throw badRequest(
          "output .%s needs a method that draws sub-networks: was %s",
          AnswerPlan.SAMPLES, method.name());
    }
  }

  /**
   * A mean is nearest by the closed form, or else by balanced masks; whatever measures the spread
   * of the samples, or may end before all are drawn, takes independent ones.
   */
  private static McMethod chosen(
      SamplingParameters asked, int samples, Wanted wanted, ServableModel model) {
    boolean whole = asked.target().isEmpty() && asked.deadline().isEmpty();
    if (wanted != Wanted.MEANS || !whole) {
      return new McMethod.Masked(MaskMethods.INDEPENDENT);
    }
    return model.isClosedFormNear(samples)
        ? new McMethod.AnalyticLastLayer()
        : new McMethod.Masked(MaskMethods.BALANCED);
  }

  SampledAnswer answer(ServableModel model, Map<String, Tensor> inputs) {
    return method instanceof McMethod.AnalyticLastLayer
        ? model.closedForm(inputs)
        : model.sample(inputs, plan);
  }
}
