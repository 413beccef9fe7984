package dev.bridle.inference.protocol;

import dev.bridle.inference.engine.SampledAnswer;
import dev.bridle.inference.engine.SampledOutput;
import dev.bridle.inference.graph.ModelRefusedException;
import dev.bridle.inference.queue.ComputeQueue;
import dev.bridle.inference.queue.QueueFullException;
import dev.bridle.inference.repository.ModelVersion;
import dev.bridle.inference.uncertainty.UncertaintyMeasure;
import dev.bridle.inference.uncertainty.UncertaintyMeasure.Extent;
import dev.bridle.inference.uncertainty.UncertaintyMeasures;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Every infer request is counted once, by its mode and how it ended; samples beside it. */
@ApplicationScoped
public class InferenceMeters {
  /** How a request was answered. */
  enum Mode {
    PLAIN,
    SAMPLE
  }

  /** How it ended: as it should, by the client's fault, by too much load, or by ours. */
  enum Outcome {
    SUCCESS,
    REFUSED,
    BUSY,
    FAILED;

    static Outcome of(Throwable failure) {
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      if (cause instanceof ProtocolException || cause instanceof ModelRefusedException) {
        return REFUSED;
      }
      return cause instanceof QueueFullException ? BUSY : FAILED;
    }
  }

  /** Of entropies and probabilities: where drift shows. */
  private static final double[] BUCKETS = {
    0.001, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5
  };

  private final MeterRegistry meters;
  private final Map<Mode, Map<Outcome, Counter>> requests = new EnumMap<>(Mode.class);
  private final Map<Mode, Timer> durations = new EnumMap<>(Mode.class);
  private final Counter samples;

  /** Looked up once for each model, for registering costs more than counting. */
  private final Map<String, OfModel> models = new ConcurrentHashMap<>();

  private record OfModel(Tags tags, Counter executions, Counter rows, Timer queue, Timer compute) {}

  /** Every counter of requests is there from the start: Prometheus sees no rise to a first 1. */
  InferenceMeters(MeterRegistry meters) {
    this.meters = meters;
    this.samples =
        Counter.builder("bridle.inference.samples")
            .description("Sub-networks drawn for requests that succeeded")
            .baseUnit("samples")
            .register(meters);
    for (Mode mode : Mode.values()) {
      durations.put(mode, duration(mode));
      Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);
      for (Outcome outcome : Outcome.values()) {
        outcomes.put(outcome, requests(mode, outcome));
      }
      requests.put(mode, outcomes);
    }
  }

  private Counter requests(Mode mode, Outcome outcome) {
    return Counter.builder("bridle.inference.requests")
        .description("Infer requests")
        .baseUnit("requests")
        .tag("mode", tag(mode))
        .tag("outcome", tag(outcome))
        .register(meters);
  }

  private Timer duration(Mode mode) {
    return Timer.builder("bridle.inference.duration")
        .description("From the request's body to the answer's")
        .tag("mode", tag(mode))
        .publishPercentileHistogram()
        .minimumExpectedValue(Duration.ofNanos(100_000))
        .maximumExpectedValue(Duration.ofSeconds(10))
        .register(meters);
  }

  private OfModel ofModel(String model) {
    Tags tags = Tags.of("model", model);
    return new OfModel(
        tags,
        Counter.builder("bridle.inference.executions")
            .description("Turns to compute: one for all plain requests that share a run")
            .baseUnit("executions")
            .tags(tags)
            .register(meters),
        Counter.builder("bridle.inference.rows")
            .description("Rows that were answered")
            .baseUnit("rows")
            .tags(tags)
            .register(meters),
        Timer.builder("bridle.inference.queue.duration")
            .description("The wait for a turn to compute")
            .tags(tags)
            .register(meters),
        Timer.builder("bridle.inference.compute.duration")
            .description("Runs of the model, and what is made of the samples")
            .tags(tags)
            .register(meters));
  }

  void watch(ComputeQueue<?, ?> queue) {
    Gauge.builder("bridle.inference.pending", queue, ComputeQueue::pending)
        .description("Requests that wait for their turn to compute")
        .baseUnit("requests")
        .register(meters);
  }

  /**
   * An infer request that was answered.
   *
   * @param start by {@link System#nanoTime}
   */
  void answered(InferAnswer answer, long start) {
    count(answer.samples() > 0 ? Mode.SAMPLE : Mode.PLAIN, Outcome.SUCCESS, start);
    samples.increment(answer.samples());
  }

  /** An infer request that was not. */
  void failed(Throwable failure, long start) {
    count(Mode.PLAIN, Outcome.of(failure), start);
  }

  private void count(Mode mode, Outcome outcome, long start) {
    requests.get(mode).get(outcome).increment();
    durations.get(mode).record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
  }

  /**
   * What was computed for a request.
   *
   * @param duration the wait before it included
   */
  void computed(
      ModelVersion id, Computation computation, Computation.Result result, Duration duration) {
    OfModel model = models.computeIfAbsent(id.model(), this::ofModel);
    Duration compute = Duration.ofNanos(result.nanos());
    model.executions().increment(1.0 / result.batch());
    model.rows().increment(computation.rows());
    model.queue().record(duration.minus(compute));
    model.compute().record(compute);
    result.sampled().ifPresent(sampled -> uncertainty(model.tags(), sampled));
  }

  /** Of each row, so that a drift shows. */
  private void uncertainty(Tags tags, SampledAnswer sampled) {
    DistributionSummary.builder("bridle.inference.samples.used")
        .description("Sub-networks drawn for a request")
        .baseUnit("samples")
        .tags(tags)
        .register(meters)
        .record(sampled.samples());
    sampled
        .outputs()
        .forEach(
            (name, output) ->
                UncertaintyMeasures.describing(output.kind()).stream()
                    .filter(measure -> measure.extent() == Extent.PER_ROW)
                    .forEach(measure -> record(measure, output, tags.and("output", name))));
  }

  private void record(UncertaintyMeasure measure, SampledOutput output, Tags tags) {
    DistributionSummary summary =
        DistributionSummary.builder(
                "bridle.inference.uncertainty." + measure.name().replace('_', '.'))
            .description("Over the rows that were sampled")
            .tags(tags)
            .serviceLevelObjectives(BUCKETS)
            .register(meters);
    for (double value : measure.of(output.moments())) {
      if (!Double.isNaN(value)) {
        summary.record(value);
      }
    }
  }

  private static String tag(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
