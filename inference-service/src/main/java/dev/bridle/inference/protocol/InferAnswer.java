package dev.bridle.inference.protocol;

import dev.bridle.inference.engine.SampledAnswer;
import dev.bridle.inference.engine.Tensor;
import dev.bridle.inference.repository.ModelVersion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The answer to an infer request.
 *
 * @param drawing how it was sampled; empty for a deterministic answer
 * @param sampled what was sampled; empty for a deterministic answer
 * @param outputs in the order asked for, or in the model's
 * @param binary the outputs whose data should follow the JSON, where it is sent as JSON
 * @param coverage what its sets and intervals promise
 */
record InferAnswer(
    ModelVersion model,
    String sha256,
    String id,
    Optional<Drawing> drawing,
    Optional<SampledAnswer> sampled,
    Map<String, Tensor> outputs,
    Set<String> binary,
    Coverage.Level coverage) {

  /** T; 0 for a deterministic answer. */
  int samples() {
    return sampled.map(SampledAnswer::samples).orElse(0);
  }

  /** The response's parameters, each a {@link String} or a {@link Long}. */
  Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    drawing.ifPresent(
        drawn -> {
          parameters.put("mc_samples_used", (long) samples());
          parameters.put("mc_seed", drawn.plan().seed());
          parameters.put("mc_method", drawn.method().name());
          parameters.put("mc_stop_reason", sampled.orElseThrow().reason().key());
        });
    parameters.put("model_sha256", sha256);
    return parameters;
  }
}
