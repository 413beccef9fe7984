package dev.bridle.inference.protocol;

import dev.bridle.inference.engine.Leases;
import dev.bridle.inference.engine.SampledAnswer;
import dev.bridle.inference.engine.SampledOutput;
import dev.bridle.inference.engine.ServableModel;
import dev.bridle.inference.engine.Tensor;
import dev.bridle.inference.graph.ModelRefusedException;
import dev.bridle.inference.protocol.InferenceMeters.Mode;
import dev.bridle.inference.protocol.InferenceMeters.Outcome;
import dev.bridle.inference.queue.ComputeQueue;
import dev.bridle.inference.queue.QueueConfig;
import dev.bridle.inference.queue.QueueFullException;
import dev.bridle.inference.repository.Calibrations;
import dev.bridle.inference.repository.ServedModel;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Answers an infer request with a model: checks, plans, runs. */
@ApplicationScoped
public class Inference {
  /** Whole numbers up to 2^53 survive every JSON reader. */
  private static final int SEED_BITS = 53;

  private final SamplingConfig config;
  private final InferenceMeters meters;
  private final InferenceTraces traces;
  private final QueueConfig queueConfig;
  private final ComputeQueue<Computation, Computation.Result> queue;
  private final Calibrations calibrations;
  private final LongSupplier seeds;

  Inference(
      SamplingConfig config,
      QueueConfig queueConfig,
      InferenceMeters meters,
      InferenceTraces traces,
      Calibrations calibrations) {
    this.config = config;
    this.meters = meters;
    this.traces = traces;
    this.queueConfig = queueConfig;
    this.calibrations = calibrations;
    this.queue =
        new ComputeQueue<>(
            queueConfig.concurrency().orElse(Runtime.getRuntime().availableProcessors()),
            queueConfig.capacity(),
            queueConfig.longestWait());
    meters.watch(queue);
    SecureRandom random = new SecureRandom();
    this.seeds = () -> random.nextLong() >>> (Long.SIZE - SEED_BITS);
  }

  /**
   * Reads and answers a request, and counts it.
   *
   * @param found looks the model up; again when the one found was switched off meanwhile
   */
  InferAnswer answer(Supplier<ServedModel> found, Function<ServableModel, InferRequest> reader) {
    long start = System.nanoTime();
    Mode mode = Mode.PLAIN;
    Outcome outcome = Outcome.FAILED;
    long samples = 0;
    try {
      InferAnswer answer = leased(found, reader);
      samples = answer.samples();
      mode = samples > 0 ? Mode.SAMPLE : Mode.PLAIN;
      outcome = Outcome.SUCCESS;
      return answer;
    } catch (ProtocolException | ModelRefusedException e) {
      outcome = Outcome.REFUSED;
      throw e;
    } catch (QueueFullException e) {
      outcome = Outcome.BUSY;
      throw e;
    } finally {
      meters.count(mode, outcome, samples, Duration.ofNanos(System.nanoTime() - start));
    }
  }

  private InferAnswer leased(
      Supplier<ServedModel> found, Function<ServableModel, InferRequest> reader) {
    while (true) {
      ServedModel served = found.get();
      Optional<Leases.Lease> lease = served.model().lease();
      if (lease.isPresent()) {
        try (Leases.Lease held = lease.get()) {
          return answer(served, reader.apply(served.model()));
        }
      }
    }
  }

  private InferAnswer answer(ServedModel served, InferRequest request) {
    SamplingParameters asked = SamplingParameters.of(request.parameters(), config.maxSamples());
    AnswerPlan plan =
        AnswerPlan.of(request, asked, config, served.model(), seeds, System::nanoTime);
    Duration patience = Patience.of(request.parameters());
    Promises promises = Promises.of(served, request, plan, calibrations);
    Map<String, Tensor> inputs = RequestCheck.tensors(request, served.model());
    Computation computation =
        new Computation(served.model(), inputs, plan.drawing(), plan.outputs(), batchRows(plan));
    long queued = System.nanoTime();
    Computation.Result result = queue.compute(computation, patience);
    Duration duration = Duration.ofNanos(System.nanoTime() - queued);
    meters.computed(served.id(), computation, result, duration);
    traces.computed(served.id(), computation, result, duration);
    Map<String, Tensor> outputs = promises.beside(outputs(plan, result));
    return new InferAnswer(
        served.id(),
        served.sha256(),
        request.id().orElseGet(() -> UUID.randomUUID().toString()),
        result.drawing(),
        result.sampled(),
        outputs,
        outputs.keySet().stream().filter(request::isBinary).collect(Collectors.toSet()),
        Coverage.Level.of(request.parameters()));
  }

  private int batchRows(AnswerPlan plan) {
    return plan.drawing().isEmpty() ? queueConfig.batchRows() : queueConfig.sampledBatchRows();
  }

  private static Map<String, Tensor> outputs(AnswerPlan plan, Computation.Result result) {
    Map<String, SampledOutput> sampled =
        result.sampled().map(SampledAnswer::outputs).orElse(Map.of());
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    for (AnswerPlan.Item item : plan.items()) {
      SampledOutput output = sampled.get(item.output());
      outputs.put(
          item.name(),
          output == null ? result.plain().get(item.output()) : item.tensor().apply(sampled));
    }
    return outputs;
  }
}
