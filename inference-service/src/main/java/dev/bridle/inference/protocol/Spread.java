package dev.bridle.inference.protocol;

import dev.bridle.inference.calibration.NormalInterval;
import dev.bridle.inference.engine.Noise;
import dev.bridle.inference.engine.SampledOutput;
import dev.bridle.inference.engine.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of a regression's truth: the noise of the data, and with the spread of the
 * sub-networks' answers the whole variance, {@code E[sigma^2] + Var[y]} (the law of total
 * variance), and an interval.
 */
record Spread(String output, Noise noise) {
  static final String ALEATORIC = "aleatoric_variance";
  static final String TOTAL = "total_variance";
  static final String LOWER = "lower";
  static final String UPPER = "upper";

  /** By what each does to mean, epistemic and aleatoric variance of one number. */
  private interface Part {
    double of(double mean, double epistemic, double aleatoric);
  }

  static boolean isName(String name) {
    return List.of(ALEATORIC, TOTAL, LOWER, UPPER).contains(name);
  }

  /** Tensors of the output's shape, FP32; the interval's ends where one is asked for. */
  Stream<AnswerPlan.Item> items(Optional<NormalInterval> interval) {
    Stream<AnswerPlan.Item> variances =
        Stream.of(
            item(ALEATORIC, (mean, epistemic, aleatoric) -> aleatoric),
            item(TOTAL, (mean, epistemic, aleatoric) -> epistemic + aleatoric));
    Stream<AnswerPlan.Item> ends =
        interval.stream()
            .flatMap(
                asked ->
                    Stream.of(
                        item(LOWER, (mean, e, a) -> mean - asked.halfWidth(e + a)),
                        item(UPPER, (mean, e, a) -> mean + asked.halfWidth(e + a))));
    return Stream.concat(variances, ends);
  }

  private AnswerPlan.Item item(String what, Part part) {
    return new AnswerPlan.Item(output, output + "." + what, sampled -> tensor(sampled, part));
  }

  private Tensor tensor(Map<String, SampledOutput> sampled, Part part) {
    SampledOutput answer = sampled.get(output);
    int units = answer.moments().units();
    float[] values = new float[answer.moments().rows() * units];
    for (int at = 0; at < values.length; at++) {
      int row = at / units;
      int unit = at % units;
      values[at] =
          (float)
              part.of(
                  answer.moments().mean(row, unit),
                  answer.moments().variance(row, unit),
                  aleatoric(sampled, row, unit));
    }
    return Tensor.floats(answer.shape(), values);
  }

  private double aleatoric(Map<String, SampledOutput> sampled, int row, int unit) {
    return noise instanceof Noise.Predicted predicted
        ? sampled.get(predicted.output()).moments().mean(row, unit)
        : ((Noise.Residual) noise).variance();
  }
}
