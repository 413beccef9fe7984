package dev.bridle.inference.protocol;

import static dev.bridle.inference.protocol.ProtocolException.badRequest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.bridle.inference.calibration.Calibrated;
import dev.bridle.inference.calibration.Temperature;
import dev.bridle.inference.engine.Tensor;
import dev.bridle.inference.repository.Calibration;
import dev.bridle.inference.repository.Calibrations;
import dev.bridle.inference.repository.ServedModel;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks a model for rows whose truth is known, and keeps how far its answers can be trusted. */
@ApplicationScoped
class Calibrator {
  /**
   * What was kept.
   *
   * @param leastAlpha the least {@code conformal_alpha} that so many rows allow
   * @param sampled absent where the output can't be sampled
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Answer(
      @JsonProperty("model_name") String model,
      @JsonProperty("model_version") String version,
      @JsonProperty("model_sha256") String sha256,
      String output,
      int rows,
      @JsonProperty("least_conformal_alpha") double leastAlpha,
      Scaling plain,
      @JsonProperty("mc_dropout") Optional<Scaling> sampled) {}

  /**
   * Of probabilities.
   *
   * @param nll of the probabilities as they are, in nats
   * @param scaledNll with the temperature, on the same rows
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Scaling(Double temperature, Double nll, @JsonProperty("nll_scaled") Double scaledNll) {}

  private final Evaluation evaluation;
  private final Calibrations calibrations;

  Calibrator(Evaluation evaluation, Calibrations calibrations) {
    this.evaluation = evaluation;
    this.calibrations = calibrations;
  }

  Answer of(Supplier<ServedModel> found, EvaluationRequest request) {
    InferRequest asked = sampling(request.asked());
    String output = request.output().orElseGet(() -> found.get().model().outputs().get(0).name());
    InferAnswer plain = evaluation.plain(found, asked, output);
    boolean distribution = Evaluation.isDistribution(plain.outputs().get(output));
    Optional<InferAnswer> drawn =
        found.get().model().sampledOutputs().containsKey(output)
            ? Optional.of(evaluation.drawn(found, asked, output, distribution))
            : Optional.empty();
    if (drawn.isPresent() && !drawn.get().sha256().equals(plain.sha256())) {
      throw badRequest("the model was replaced meanwhile: calibrate the new one");
    }
    double[] labels = request.labels();
    Calibrated plainly = calibrated(plain.outputs().get(output), distribution, labels);
    Optional<Calibrated> sampled =
        drawn.map(answer -> calibrated(answer.outputs().get(output), distribution, labels));
    calibrations.keep(
        plain.model(),
        plain.sha256(),
        output,
        new Calibration.Output(
            plainly,
            sampled.orElse(null),
            drawn.map(answer -> DriftWatch.reference(answer, output)).orElse(null)));
    int rows = Evaluation.rows(plain.outputs().get(output));
    return new Answer(
        plain.model().model(),
        Long.toString(plain.model().version()),
        plain.sha256(),
        output,
        rows,
        1.0 / (rows + 1),
        scaling(plainly, plain.outputs().get(output), labels),
        sampled.map(calibrated -> scaling(calibrated, drawn.get().outputs().get(output), labels)));
  }

  /** Without what only a calibrated model can be asked for. */
  private static InferRequest sampling(InferRequest asked) {
    Map<String, JsonNode> parameters = new HashMap<>(asked.parameters());
    parameters.keySet().removeIf(key -> !key.startsWith("mc_"));
    return new InferRequest(
        asked.id(), parameters, asked.inputs(), asked.outputs(), asked.binary());
  }

  private static Calibrated calibrated(Tensor answer, boolean distribution, double[] labels) {
    float[] values = answer.floats();
    for (float value : values) {
      if (Float.isNaN(value)) {
        throw badRequest("the answers to the rows should be numbers: one was NaN");
      }
    }
    if (distribution) {
      return Calibrated.ofClasses(values, Evaluation.classes(answer, labels));
    }
    Evaluation.checkCount(values.length, labels);
    return Calibrated.ofValues(values, labels, values.length / Evaluation.rows(answer));
  }

  private static Scaling scaling(Calibrated calibrated, Tensor answer, double[] labels) {
    Temperature temperature = calibrated.temperature();
    if (temperature == null) {
      return new Scaling(null, null, null);
    }
    float[] probabilities = answer.floats();
    int[] classes = Evaluation.classes(answer, labels);
    return new Scaling(
        temperature.value(),
        Temperature.NONE.nll(probabilities, classes),
        temperature.nll(probabilities, classes));
  }
}
