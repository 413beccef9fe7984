package dev.bridle.inference.protocol;

import dev.bridle.inference.engine.Leases;
import dev.bridle.inference.engine.SampledAnswer;
import dev.bridle.inference.engine.SampledOutput;
import dev.bridle.inference.engine.ServableModel;
import dev.bridle.inference.engine.Tensor;
import dev.bridle.inference.queue.ComputeQueue;
import dev.bridle.inference.queue.QueueConfig;
import dev.bridle.inference.repository.Calibrations;
import dev.bridle.inference.repository.ServedModel;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Answers an infer request with a model: checks, plans, runs. */
@ApplicationScoped
public class Inference {
  /** Whole numbers up to 2^53 survive every JSON reader. */
  private static final int SEED_BITS = 53;

  /** Numbers of an answer; to write more as JSON may take longer than a millisecond. */
  private static final int LONGEST_QUICK_ANSWER = 4096;

  private final SamplingConfig config;
  private final InferenceMeters meters;
  private final InferenceTraces traces;
  private final QueueConfig queueConfig;
  private final ComputeQueue<Computation, Computation.Result> queue;
  private final Calibrations calibrations;
  private final Paces paces = new Paces();
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
   * Reads and answers a request, and counts it; waits for its turn to compute.
   *
   * @param found looks the model up; again when the one found was switched off meanwhile
   */
  InferAnswer answer(Supplier<ServedModel> found, Function<ServableModel, InferRequest> reader) {
    long start = System.nanoTime();
    try (Question question = ask(found, reader, start)) {
      Duration patience = Patience.of(question.request().parameters());
      return answer(question, queue.compute(question.computation(), patience));
    } catch (RuntimeException | Error e) {
      meters.failed(e, start);
      throw e;
    }
  }

  /** Whether a row of the model is known to take a moment. */
  boolean isQuick(ServedModel served) {
    return paces.areQuick(served.model(), 1);
  }

  /** Whether so many rows are known to take a moment. */
  boolean areQuick(ServedModel served, int rows) {
    return paces.areQuick(served.model(), rows);
  }

  /**
   * Reads a request, and counts nothing. Nothing waits here.
   *
   * @return empty if it isn't plain, or isn't known to take a moment
   */
  Optional<Question> askQuick(ServedModel served, Function<ServableModel, InferRequest> reader) {
    long start = System.nanoTime();
    Optional<Leases.Lease> lease = served.model().lease();
    if (lease.isEmpty()) {
      return Optional.empty();
    }
    boolean taken = false;
    try {
      InferRequest request = reader.apply(served.model());
      if (!request.isPlain()) {
        return Optional.empty();
      }
      Question question = question(served, lease.get(), request, start);
      Computation computation = question.computation();
      taken =
          computation.isPlain()
              && areQuick(served, computation.rows())
              && computation.answerSize() <= LONGEST_QUICK_ANSWER;
      return taken ? Optional.of(question) : Optional.empty();
    } finally {
      if (!taken) {
        lease.get().close();
      }
    }
  }

  /**
   * Answers requests that may be computed together, and counts them, if a turn is free; without
   * waiting.
   *
   * @param elsewhere as {@link ComputeQueue#tryCompute} has it
   * @return empty if there is no turn, and nothing is counted
   */
  Optional<List<InferAnswer>> tryAnswer(List<Question> questions, Executor elsewhere) {
    List<Computation> computations = new ArrayList<>(questions.size());
    questions.forEach(question -> computations.add(question.computation()));
    Optional<List<Computation.Result>> results = queue.tryCompute(computations, elsewhere);
    if (results.isEmpty()) {
      return Optional.empty();
    }
    List<InferAnswer> answers = new ArrayList<>(questions.size());
    for (Question question : questions) {
      answers.add(answer(question, results.get().get(answers.size())));
    }
    return Optional.of(answers);
  }

  private Question ask(
      Supplier<ServedModel> found, Function<ServableModel, InferRequest> reader, long start) {
    while (true) {
      ServedModel served = found.get();
      Optional<Leases.Lease> lease = served.model().lease();
      if (lease.isPresent()) {
        try {
          return question(served, lease.get(), reader.apply(served.model()), start);
        } catch (RuntimeException | Error e) {
          lease.get().close();
          throw e;
        }
      }
    }
  }

  private Question question(
      ServedModel served, Leases.Lease lease, InferRequest request, long start) {
    SamplingParameters asked = SamplingParameters.of(request.parameters(), config.maxSamples());
    AnswerPlan plan =
        AnswerPlan.of(request, asked, config, served.model(), seeds, System::nanoTime);
    Promises promises = Promises.of(served, request, plan, calibrations);
    Map<String, Tensor> inputs = RequestCheck.tensors(request, served.model());
    Computation computation =
        new Computation(served.model(), inputs, plan.drawing(), plan.outputs(), batchRows(plan));
    return new Question(
        served,
        lease,
        request,
        plan,
        promises,
        computation,
        start,
        System.nanoTime(),
        traces.request());
  }

  private InferAnswer answer(Question question, Computation.Result result) {
    Duration duration = Duration.ofNanos(System.nanoTime() - question.ready());
    paces.ran(question.computation(), result);
    meters.computed(question.served().id(), question.computation(), result, duration);
    traces.computed(question, result, duration);
    Map<String, Tensor> outputs = question.promises().beside(outputs(question.plan(), result));
    InferRequest request = question.request();
    InferAnswer answer =
        new InferAnswer(
            question.served().id(),
            question.served().sha256(),
            request.id().orElseGet(() -> UUID.randomUUID().toString()),
            result.drawing(),
            result.sampled(),
            outputs,
            outputs.keySet().stream().filter(request::isBinary).collect(Collectors.toSet()),
            Coverage.Level.of(request.parameters()));
    meters.answered(answer, question.start());
    return answer;
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
