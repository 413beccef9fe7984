package dev.bridle.inference.protocol;

import dev.bridle.inference.engine.SampledOutput;
import dev.bridle.inference.engine.Tensor;
import dev.bridle.inference.repository.ServedModel;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;

/** Answers an infer request with a model: reads, checks, plans, runs. */
@ApplicationScoped
public class Inference {
  /** Whole numbers up to 2^53 survive every JSON reader. */
  private static final int SEED_BITS = 53;

  private final SamplingConfig config;
  private final LongSupplier seeds;

  Inference(SamplingConfig config) {
    this.config = config;
    SecureRandom random = new SecureRandom();
    this.seeds = () -> random.nextLong() >>> (Long.SIZE - SEED_BITS);
  }

  InferAnswer answer(ServedModel served, byte[] body) {
    InferRequest request = InferRequestReader.read(body);
    SamplingParameters sampling = SamplingParameters.of(request.parameters(), config.maxSamples());
    AnswerPlan plan = AnswerPlan.of(request, sampling, config.defaultSamples(), served.model());
    Map<String, Tensor> inputs = RequestCheck.tensors(request, served.model());
    OptionalLong seed =
        plan.samples() == 0
            ? OptionalLong.empty()
            : OptionalLong.of(sampling.seed().orElseGet(seeds));
    return new InferAnswer(
        served.id(),
        served.sha256(),
        request.id().orElseGet(() -> UUID.randomUUID().toString()),
        plan.samples(),
        seed,
        run(served, plan, inputs, seed));
  }

  private static Map<String, Tensor> run(
      ServedModel served, AnswerPlan plan, Map<String, Tensor> inputs, OptionalLong seed) {
    Map<String, SampledOutput> sampled =
        seed.isPresent()
            ? served.model().sample(inputs, plan.samples(), seed.getAsLong())
            : Map.of();
    Set<String> deterministic = new HashSet<>();
    plan.items().stream()
        .map(AnswerPlan.Item::output)
        .filter(output -> !sampled.containsKey(output))
        .forEach(deterministic::add);
    Map<String, Tensor> plain =
        deterministic.isEmpty() ? Map.of() : served.model().answer(inputs, deterministic);
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    for (AnswerPlan.Item item : plan.items()) {
      SampledOutput output = sampled.get(item.output());
      outputs.put(
          item.name(),
          output == null
              ? plain.get(item.output())
              : item.measure().map(output::measured).orElseGet(output::mean));
    }
    return outputs;
  }
}
