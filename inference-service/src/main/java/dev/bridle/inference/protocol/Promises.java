package dev.bridle.inference.protocol;

import static dev.bridle.inference.protocol.ProtocolException.badRequest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bridle.inference.calibration.Calibrated;
import dev.bridle.inference.calibration.ConformalScores;
import dev.bridle.inference.calibration.SetScore;
import dev.bridle.inference.engine.Tensor;
import dev.bridle.inference.repository.Calibration.Mode;
import dev.bridle.inference.repository.Calibrations;
import dev.bridle.inference.repository.ServedModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/**
 * What a model's calibration adds to an answer: {@code .calibrated} probabilities, {@code
 * .conformal_set}, and {@code .conformal_lower} and {@code .conformal_upper} of numbers, beside
 * each output that is answered and calibrated.
 */
record Promises(List<Promise> promises) {
  /**
   * @param output the one that it is made from
   * @param name of its tensor
   */
  record Promise(String output, String name, UnaryOperator<Tensor> tensor) {}

  /** What a request asks for. */
  private record Wish(OptionalDouble alpha, SetScore score, boolean scaling) {
    boolean isEmpty() {
      return alpha.isEmpty() && !scaling;
    }
  }

  static Promises of(ServedModel served, InferRequest request, AnswerPlan plan, Calibrations all) {
    Wish wish = wish(request.parameters());
    List<Promise> promises = new ArrayList<>();
    if (wish.isEmpty()) {
      return new Promises(promises);
    }
    boolean sampled = plan.drawing().isPresent();
    for (AnswerPlan.Item item : plan.items()) {
      if (!item.isExtra()) {
        boolean behindDropout = served.model().sampledOutputs().containsKey(item.output());
        Mode mode = sampled && behindDropout ? Mode.SAMPLED : Mode.PLAIN;
        all.of(served.id(), served.sha256(), item.output())
            .flatMap(output -> output.of(mode))
            .ifPresent(calibrated -> add(item.output(), calibrated, wish, promises));
      }
    }
    if (promises.isEmpty()) {
      throw badRequest(
          "parameters.%s needs a calibration of an output that is answered: there is none that"
              + " fits for this model of sha256 %s; POST labeled rows to /v2/models/%s/calibrate",
          wish.alpha().isPresent() ? "conformal_alpha" : "temperature_scaling",
          served.sha256(),
          served.id().model());
    }
    return new Promises(promises);
  }

  /** The outputs, and what is promised behind them. */
  Map<String, Tensor> beside(Map<String, Tensor> outputs) {
    if (promises.isEmpty()) {
      return outputs;
    }
    Map<String, Tensor> all = new LinkedHashMap<>(outputs);
    for (Promise promise : promises) {
      all.put(promise.name(), promise.tensor().apply(outputs.get(promise.output())));
    }
    return all;
  }

  private static void add(String output, Calibrated calibrated, Wish wish, List<Promise> promises) {
    if (wish.scaling() && calibrated.temperature() != null) {
      promises.add(
          new Promise(
              output,
              output + ".calibrated",
              answer ->
                  Tensor.floats(
                      answer.shape(),
                      calibrated.temperature().scaled(answer.floats(), units(answer)))));
    }
    if (wish.alpha().isEmpty()) {
      return;
    }
    Optional.ofNullable(calibrated.sets().get(wish.score().key()))
        .map(scores -> quantile(scores, wish))
        .ifPresent(
            quantile ->
                promises.add(
                    new Promise(
                        output,
                        output + ".conformal_set",
                        answer ->
                            Tensor.booleans(
                                answer.shape(),
                                wish.score().sets(answer.floats(), units(answer), quantile)))));
    if (!calibrated.residuals().isEmpty()) {
      double[] widths =
          calibrated.residuals().stream().mapToDouble(scores -> quantile(scores, wish)).toArray();
      promises.add(
          new Promise(output, output + ".conformal_lower", answer -> moved(answer, widths, -1)));
      promises.add(
          new Promise(output, output + ".conformal_upper", answer -> moved(answer, widths, 1)));
    }
  }

  private static Tensor moved(Tensor answer, double[] widths, int sign) {
    float[] values = answer.floats();
    for (int at = 0; at < values.length; at++) {
      values[at] = (float) (values[at] + sign * widths[at % widths.length]);
    }
    return Tensor.floats(answer.shape(), values);
  }

  private static int units(Tensor answer) {
    return answer.floats().length / Math.toIntExact(answer.shape().get(0));
  }

  private static double quantile(ConformalScores scores, Wish wish) {
    try {
      return scores.quantile(wish.alpha().getAsDouble());
    } catch (IllegalArgumentException e) {
      throw badRequest("parameters.%s", e.getMessage());
    }
  }

  private static Wish wish(Map<String, JsonNode> parameters) {
    JsonNode scaling = parameters.get("temperature_scaling");
    if (scaling != null && !scaling.isBoolean()) {
      throw badRequest("parameters.temperature_scaling should be true or false: was %s", scaling);
    }
    JsonNode score = parameters.get("conformal_score");
    return new Wish(
        alpha(parameters.get("conformal_alpha")),
        score == null
            ? SetScore.LAC
            : SetScore.named(score.asText())
                .orElseThrow(
                    () ->
                        badRequest(
                            "parameters.conformal_score should be one of lac, aps: was %s", score)),
        scaling != null && scaling.booleanValue());
  }

  private static OptionalDouble alpha(JsonNode alpha) {
    if (alpha == null) {
      return OptionalDouble.empty();
    }
    if (!alpha.isNumber() || !(alpha.doubleValue() > 0 && alpha.doubleValue() < 1)) {
      throw badRequest(
          "parameters.conformal_alpha should be a number above 0 and below 1: was %s", alpha);
    }
    return OptionalDouble.of(alpha.doubleValue());
  }
}
