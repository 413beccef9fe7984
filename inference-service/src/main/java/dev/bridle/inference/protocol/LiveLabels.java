package dev.bridle.inference.protocol;

import static dev.bridle.inference.protocol.ProtocolException.badRequest;
import static dev.bridle.inference.protocol.ProtocolException.notFound;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.bridle.events.PredictionLabeled;
import dev.bridle.events.wire.MalformedEventException;
import dev.bridle.inference.engine.Datatype;
import dev.bridle.inference.engine.Tensor;
import dev.bridle.scores.LiveScores;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/**
 * Joins labels that come later with the answers that they are about, and meters how good those
 * were.
 */
@ApplicationScoped
public class LiveLabels implements AnswerListener {
  /**
   * @param rows labeled now
   */
  record Joined(
      @JsonProperty("model_name") String model,
      @JsonProperty("model_version") String version,
      String id,
      String output,
      int rows) {}

  private record Key(String model, String output) {}

  private final LabelsConfig config;
  private final MeterRegistry meters;
  private final LabelMeters outcomes;
  private final AwaitingLabels awaiting;
  private final Map<Key, LiveScores> scores = new ConcurrentHashMap<>();

  LiveLabels(LabelsConfig config, MeterRegistry meters, LabelMeters outcomes) {
    this.config = config;
    this.meters = meters;
    this.outcomes = outcomes;
    this.awaiting = new AwaitingLabels(config.remembered());
  }

  /** Keeps the answer until its labels come, if answers are kept at all. */
  @Override
  public void answered(InferAnswer answer) {
    if (config.remembered() > 0) {
      awaiting.remember(answer);
    }
  }

  /**
   * Joins them if this instance gave the answer; they are counted and passed over otherwise.
   *
   * @throws MalformedEventException if they aren't labels of that answer
   */
  public void join(PredictionLabeled labeled) {
    double[] labels = labeled.labels().stream().mapToDouble(Double::doubleValue).toArray();
    try {
      joined(labeled.model(), new LabelsRequest(labeled.id(), labeled.output(), labels));
      outcomes.count(LabelMeters.Outcome.JOINED);
    } catch (ProtocolException e) {
      if (!e.isNotFound()) {
        throw new MalformedEventException(e.getMessage(), e);
      }
      outcomes.count(LabelMeters.Outcome.UNKNOWN);
    }
  }

  Joined join(String model, LabelsRequest request) {
    try {
      Joined joined = joined(model, request);
      outcomes.count(LabelMeters.Outcome.JOINED);
      return joined;
    } catch (ProtocolException e) {
      outcomes.count(e.isNotFound() ? LabelMeters.Outcome.UNKNOWN : LabelMeters.Outcome.MALFORMED);
      throw e;
    }
  }

  private Joined joined(String model, LabelsRequest request) {
    InferAnswer answer =
        awaiting
            .find(model, request.id())
            .orElseThrow(
                () ->
                    notFound(
                        "no answer of model '%s' with id '%s' waits for labels: the last %d rows are"
                            + " remembered (bridle.inference.labels.remembered), each until it has one",
                        model, request.id(), config.remembered()));
    String output = request.output().orElseGet(() -> answer.outputs().keySet().iterator().next());
    Tensor tensor = answer.outputs().get(output);
    if (tensor == null || tensor.datatype() != Datatype.FP32 || tensor.shape().isEmpty()) {
      throw badRequest(
          "output should be an FP32 one of the answer, %s: was '%s'",
          answer.outputs().keySet(), output);
    }
    boolean distribution = Evaluation.isDistribution(tensor);
    boolean[] covered = Coverage.of(answer, output, distribution, request.labels());
    if (!distribution && covered.length == 0) {
      throw badRequest(
          "output '%s' of the answer should be probabilities or have an interval: was neither",
          output);
    }
    int[] classes = distribution ? Evaluation.classes(tensor, request.labels()) : new int[0];
    if (!awaiting.take(model, request.id())) {
      throw notFound("the answer with id '%s' has its labels already", request.id());
    }
    LiveScores live = scores.computeIfAbsent(new Key(model, output), this::metered);
    if (distribution) {
      live.add(tensor.floats(), classes);
    }
    live.addCovered(covered);
    return new Joined(
        model,
        Long.toString(answer.model().version()),
        request.id(),
        output,
        Evaluation.rows(tensor));
  }

  private LiveScores metered(Key key) {
    LiveScores live = new LiveScores(config.window());
    gauge(
        key, live, "accuracy", "Share of late-labeled rows that were right", LiveScores::accuracy);
    gauge(key, live, "brier", "Brier score of late-labeled rows", LiveScores::brier);
    gauge(key, live, "ece", "Calibration error of late-labeled rows", LiveScores::ece);
    gauge(
        key,
        live,
        "coverage",
        "Share of late labels inside sets or intervals",
        LiveScores::coverage);
    gauge(key, live, "rows", "Late-labeled rows that count", LiveScores::rows);
    return live;
  }

  private void gauge(
      Key key, LiveScores live, String name, String description, ToDoubleFunction<LiveScores> of) {
    Gauge.builder("bridle.inference.live." + name, live, of)
        .description(description)
        .tags(Tags.of("model", key.model(), "output", key.output()))
        .strongReference(true)
        .register(meters);
  }
}
