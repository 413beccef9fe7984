package dev.bridle.monitor.web;

import dev.bridle.events.MetricNames;
import dev.bridle.events.MetricVocabulary;
import dev.bridle.events.MetricVocabulary.Metric;
import dev.bridle.events.MetricVocabulary.Scope;
import dev.bridle.events.RunId;
import dev.bridle.monitor.config.MonitorConfig;
import dev.bridle.monitor.web.projection.RunSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gauges of the newest runs that learn, or did until some minutes ago, so that the last scrape sees
 * their end. Neither runs nor layers multiply what Prometheus keeps: so many runs at most, and of
 * each the losses, the learning rate and the quality of {@value #HEAD_METRICS} metrics of heads.
 */
@ApplicationScoped
class RunMeters {
  private static final Duration AFTER_THE_END = Duration.ofMinutes(5);
  private static final int HEAD_METRICS = 20;
  private static final String GAP = "generalizationGap";
  private static final Set<String> OF_THE_RUN =
      Set.of(
          MetricNames.TRAINING_LOSS,
          MetricNames.TRAINING_LOSS_CLEAN,
          MetricNames.VALIDATION_LOSS,
          MetricNames.LEARNING_RATE);

  private final LiveRuns runs;
  private final Clock clock;
  private final int most;
  private final MultiGauge epochs;
  private final MultiGauge metrics;

  RunMeters(LiveRuns runs, MonitorConfig config, MeterRegistry registry, Clock clock) {
    this.runs = runs;
    this.clock = clock;
    most = config.meteredRuns();
    epochs =
        MultiGauge.builder("bridle.run.epoch")
            .description("The last epoch of a run that learns")
            .register(registry);
    metrics =
        MultiGauge.builder("bridle.run.metric")
            .description("A metric of a learning run's last epoch, in the vocabulary's unit")
            .register(registry);
  }

  /** Adds the gauges of runs that came, and removes those of runs that went. */
  void refresh() {
    Instant limit = clock.instant().minus(AFTER_THE_END);
    List<RunSummary> shown =
        most == 0 ? List.of() : runs.runs(RunQuery.newest(run -> isShown(run, limit), most)).runs();
    List<Row<?>> epochRows = new ArrayList<>();
    List<Row<?>> metricRows = new ArrayList<>();
    for (RunSummary run : shown) {
      Tags tags =
          Tags.of("run", run.run().value())
              .and("name", run.name())
              .and("experiment", run.experiment().orElse(""));
      epochRows.add(Row.of(tags, () -> epoch(run.run())));
      for (String metric : metricsOf(run)) {
        metricRows.add(Row.of(tags.and("metric", metric), () -> metric(run.run(), metric)));
      }
    }
    epochs.register(epochRows);
    metrics.register(metricRows);
  }

  private static boolean isShown(RunSummary run, Instant limit) {
    boolean over = run.phase().isFinal() || run.outcome().isPresent();
    return run.lastEpoch() > 0 && (!over || run.updatedAt().isAfter(limit));
  }

  private static List<String> metricsOf(RunSummary run) {
    List<String> names = new ArrayList<>();
    run.metrics().keySet().stream().filter(OF_THE_RUN::contains).forEach(names::add);
    run.metrics().keySet().stream()
        .filter(RunMeters::isOfAHead)
        .limit(HEAD_METRICS)
        .forEach(names::add);
    if (gap(run.metrics()).isPresent()) {
      names.add(GAP);
    }
    return names;
  }

  private static boolean isOfAHead(String metric) {
    Optional<Metric> entry = MetricVocabulary.shared().entry(metric);
    return entry.isPresent() && entry.get().scope() == Scope.HEAD;
  }

  private double epoch(RunId run) {
    return runs.summary(run).map(now -> (double) now.lastEpoch()).orElse(Double.NaN);
  }

  /** NaN too where the newest epoch lacks it. */
  private double metric(RunId run, String name) {
    return runs.summary(run)
        .map(RunSummary::metrics)
        .flatMap(now -> name.equals(GAP) ? gap(now) : Optional.ofNullable(now.get(name)))
        .orElse(Double.NaN);
  }

  /** As {@link dev.bridle.events.EpochCompleted#generalizationGap()} has it. */
  private static Optional<Double> gap(Map<String, Double> metrics) {
    Double clean = metrics.get(MetricNames.TRAINING_LOSS_CLEAN);
    Double training = clean != null ? clean : metrics.get(MetricNames.TRAINING_LOSS);
    Double validation = metrics.get(MetricNames.VALIDATION_LOSS);
    return training == null || validation == null
        ? Optional.empty()
        : Optional.of(validation - training);
  }
}
