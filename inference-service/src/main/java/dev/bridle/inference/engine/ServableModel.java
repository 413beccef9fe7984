package dev.bridle.inference.engine;

import dev.bridle.inference.graph.ModelRefusedException;
import dev.bridle.inference.uncertainty.OutputKind;
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
  private final Map<String, Noise> noises;
  private final boolean takesRowsOneByOne;
  private final Leases leases = new Leases(this::closeSessions);

  /**
   * @param kinds what each output behind a live Dropout holds
   * @param noises of those among them whose aleatoric variance is known
   */
  ServableModel(
      Network plain, Sampling sampling, Map<String, OutputKind> kinds, Map<String, Noise> noises) {
    this.plain = plain;
    this.sampling = sampling;
    this.kinds = Map.copyOf(kinds);
    this.noises = Map.copyOf(noises);
    this.takesRowsOneByOne = RowIndependence.holds(plain);
  }

  /** Whether a row's plain answer doesn't depend on the rows beside it, as a probe showed. */
  public boolean takesRowsOneByOne() {
    return takesRowsOneByOne;
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

  /** The sampled outputs whose aleatoric variance is known, by name. */
  public Map<String, Noise> noises() {
    return noises;
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
   * @throws ModelRefusedException if {@link #samplingRefusal} gives a reason
   */
  public SampledAnswer sample(Map<String, Tensor> request, SamplingPlan plan) {
    if (!(sampling instanceof Sampling.Available available)) {
      throw new ModelRefusedException(samplingRefusal().orElseThrow());
    }
    return used(() -> available.monteCarlo().sample(values(request), rows(request), plan, kinds));
  }

  /** Why the closed form isn't possible; empty when it is. */
  public Optional<String> closedFormRefusal() {
    return sampling instanceof Sampling.Available available && available.closedForm().isPresent()
        ? Optional.empty()
        : Optional.of(
            samplingRefusal()
                .orElse(
                    "it needs a model whose one Dropout lies before its last layer, and nothing"
                        + " but a softmax of few classes behind that"));
  }

  /** Whether the closed form is possible, and its mean nearer than that of so many samples. */
  public boolean isClosedFormNear(int samples) {
    return sampling instanceof Sampling.Available available
        && available.closedForm().filter(form -> form.isNear(samples)).isPresent();
  }

  /**
   * The answer by the closed form of the last layer, instead of sub-networks.
   *
   * @throws ModelRefusedException if {@link #closedFormRefusal} gives a reason
   */
  public SampledAnswer closedForm(Map<String, Tensor> request) {
    if (!(sampling instanceof Sampling.Available available) || available.closedForm().isEmpty()) {
      throw new ModelRefusedException(closedFormRefusal().orElseThrow());
    }
    return used(() -> available.closedForm().get().answer(values(request), rows(request)));
  }

  private static int rows(Map<String, Tensor> request) {
    return Math.toIntExact(request.values().iterator().next().shape().get(0));
  }

  private static Map<String, float[]> values(Map<String, Tensor> request) {
    Map<String, float[]> values = new HashMap<>();
    request.forEach((name, tensor) -> values.put(name, tensor.floats()));
    return values;
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
      available.closedForm().ifPresent(ClosedForm::close);
    }
  }
}
