package dev.bridle.inference.protocol;

import dev.bridle.inference.engine.Tensor;
import dev.bridle.inference.repository.ModelVersion;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The answer to an infer request.
 *
 * @param samples T; 0 for a deterministic answer
 * @param seed the one given, or the one drawn; empty for a deterministic answer
 * @param outputs in the order asked for, or in the model's
 * @param binary the outputs whose data should follow the JSON, where it is sent as JSON
 */
record InferAnswer(
    ModelVersion model,
    String sha256,
    String id,
    int samples,
    OptionalLong seed,
    Map<String, Tensor> outputs,
    Set<String> binary) {}
