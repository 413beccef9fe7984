package dev.bridle.inference.engine;

import dev.bridle.inference.graph.ModelRefusedException;
import dev.bridle.inference.uncertainty.OutputKind;
import dev.bridle.inference.uncertainty.SampleAccumulator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A loaded model: its deterministic form, and its sampling form where it has one. Thread-safe. */
public final class ServableModel implements AutoCloseable {
  private final Network plain;
  private final Sampling sampling;
  private final Map<String, OutputKind> kinds;

  private final Leases leases = new Leases(this::closeSessions);

  /**
   * @param kinds what each output behind a live Dropout holds
   */
  ServableModel(Network plain, Sampling sampling, Map<String, OutputKind> kinds) {
    this.plain = plain;
    this.sampling = sampling;
    this.kinds = Map.copyOf(kinds);
  }

  /** What a request gives, in the model's order. */
  public List<TensorSpec> inputs() {
    return plain.inputs();
  }

  /** What the model answers, in its order. */
  public List<TensorSpec> outputs() {
    return plain.outputs();
  }

  /** Why MC mode is refused; empty when it isn't. */
  public Optional<String> samplingRefusal() {
    return sampling instanceof Sampling.Refused refused
        ? Optional.of(refused.reason())
        : Optional.empty();
  }

  /** The kinds of the outputs that lie behind a live Dropout, by name: those that are sampled. */
  public Map<String, OutputKind> sampledOutputs() {
    return kinds;
  }

  /**
   * The deterministic answer, without Dropout.
   *
   * @param request a tensor of every input's name, type and shape
   * @throws ModelFailedException if the runtime can't run it
   */
  public Map<String, Tensor> answer(Map<String, Tensor> request, Set<String> outputs) {
    return used(() -> plain.run(request, outputs));
  }

  /**
   * The answer of so many sub-networks, for every {@linkplain #sampledOutputs sampled output}.
   *
   * @param samples T, at least 1
   * @throws ModelRefusedException if {@link #samplingRefusal} gives a reason
   */
  public Map<String, SampledOutput> sample(Map<String, Tensor> request, int samples, long seed) {
    if (!(sampling instanceof Sampling.Available available)) {
      throw new ModelRefusedException(samplingRefusal().orElseThrow());
    }
    int rows = Math.toIntExact(request.values().iterator().next().shape().get(0));
    Map<String, float[]> values = new HashMap<>();
    request.forEach((name, tensor) -> values.put(name, tensor.floats()));
    MonteCarlo monteCarlo = available.monteCarlo();
    Map<String, SampleAccumulator> folded =
        used(() -> monteCarlo.sample(values, rows, samples, seed));
    Map<String, SampledOutput> answer = new HashMap<>();
    folded.forEach(
        (name, accumulator) ->
            answer.put(
                name,
                new SampledOutput(
                    kinds.get(name),
                    RowBlock.shape(rows, monteCarlo.rowShape(name)),
                    accumulator)));
    return answer;
  }

  /**
   * Keeps the model whole until the lease is closed, whatever happens to it meanwhile; empty once
   * the model was closed.
   */
  public Optional<Leases.Lease> lease() {
    return leases.take();
  }

  private <T> T used(Supplier<T> action) {
    try (Leases.Lease lease =
        lease().orElseThrow(() -> new IllegalStateException("the model was closed"))) {
      return action.get();
    }
  }

  /** The sessions close behind the last lease, or now when there is none. */
  @Override
  public void close() {
    leases.end();
  }

  private void closeSessions() {
    plain.close();
    if (sampling instanceof Sampling.Available available) {
      available.monteCarlo().close();
    }
  }
}
