package dev.bridle.inference.protocol;

import dev.bridle.inference.calibration.UncertaintyReference;
import dev.bridle.inference.engine.SampledAnswer;
import dev.bridle.inference.engine.SampledOutput;
import dev.bridle.inference.repository.Calibrations;
import dev.bridle.inference.uncertainty.UncertaintyMeasures;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds how uncertain answers are against how uncertain the model was of the rows that it was
 * calibrated with, which needs no labels. Answers that were drawn as those rows were are compared.
 */
@ApplicationScoped
class DriftWatch implements AnswerListener {
  private record Key(String model, String output, String measure) {}

  private final DriftConfig config;
  private final Calibrations calibrations;
  private final Outbox outbox;
  private final MeterRegistry meters;
  private final Clock clock = Clock.systemUTC();
  private final Map<Key, WatchedMeasure> watched = new ConcurrentHashMap<>();

  DriftWatch(DriftConfig config, Calibrations calibrations, Outbox outbox, MeterRegistry meters) {
    this.config = config;
    this.calibrations = calibrations;
    this.outbox = outbox;
    this.meters = meters;
  }

  /** What later answers are compared with; without values where the output is no distribution. */
  static UncertaintyReference reference(InferAnswer answer, String output) {
    SampledOutput sampled = answer.sampled().orElseThrow().outputs().get(output);
    Map<String, double[]> values = new TreeMap<>();
    for (String measure : Evaluation.TELLING) {
      UncertaintyMeasures.named(measure)
          .filter(known -> known.describes(sampled.kind()))
          .map(known -> numbers(known.of(sampled.moments())))
          .filter(numbers -> numbers.length > 0)
          .ifPresent(numbers -> values.put(measure, numbers));
    }
    return new UncertaintyReference(method(answer), answer.samples(), values);
  }

  @Override
  public void answered(InferAnswer answer) {
    if (config.window() > 0) {
      answer.sampled().map(SampledAnswer::outputs).ifPresent(all -> compare(answer, all));
    }
  }

  private void compare(InferAnswer answer, Map<String, SampledOutput> outputs) {
    outputs.forEach(
        (name, output) ->
            calibrations
                .of(answer.model(), answer.sha256(), name)
                .flatMap(known -> known.reference())
                .filter(reference -> reference.samples() == answer.samples())
                .filter(reference -> reference.method().equals(method(answer)))
                .ifPresent(reference -> compare(answer, name, output, reference)));
  }

  private void compare(
      InferAnswer answer, String name, SampledOutput output, UncertaintyReference reference) {
    for (String measure : reference.values().keySet()) {
      double[] values = UncertaintyMeasures.named(measure).orElseThrow().of(output.moments());
      watched
          .computeIfAbsent(new Key(answer.model().model(), name, measure), this::metered)
          .add(answer.model(), reference, values, clock.instant())
          .forEach(event -> outbox.insist(event));
    }
  }

  private WatchedMeasure metered(Key key) {
    WatchedMeasure measure = new WatchedMeasure(config, key.output(), key.measure());
    Tags tags = Tags.of("model", key.model(), "output", key.output(), "measure", key.measure());
    Gauge.builder("bridle.inference.drift.distance", measure, WatchedMeasure::distance)
        .description("Kolmogorov-Smirnov distance of the uncertainty from the calibration's")
        .tags(tags)
        .strongReference(true)
        .register(meters);
    Gauge.builder("bridle.inference.drift.raised", measure, each -> each.isDrifting() ? 1 : 0)
        .description("1 while the uncertainty drifts")
        .tags(tags)
        .strongReference(true)
        .register(meters);
    return measure;
  }

  private static String method(InferAnswer answer) {
    return answer.drawing().orElseThrow().method().name();
  }

  private static double[] numbers(double[] values) {
    return Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
  }
}
