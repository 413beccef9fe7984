package dev.bridle.monitor.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.Phase;
import dev.bridle.events.TrainingOutcome;
import dev.bridle.monitor.SetClock;
import dev.bridle.monitor.config.MonitorConfig;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus scrapes of single runs. */
class RunMetersTest {
  @TempDir Path folder;
  private final SetClock clock = new SetClock(Events.of("any").start());
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Events run = Events.of("a");
  private LiveRuns runs;
  private RunMeters meters;

  @BeforeEach
  void open() {
    MonitorConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(MonitorConfig.class)
            .withDefaultValue("bridle.monitor.metered-runs", "2")
            .withDefaultValue("bridle.monitor.state-dir", folder.toString())
            .build()
            .getConfigMapping(MonitorConfig.class);
    runs = new LiveRuns(config, registry, clock);
    meters = new RunMeters(runs, config, registry, clock);
    runs.accept(run.attempt(1, 0));
    runs.accept(run.epoch(1, 1, 0.5, 0.75));
  }

  @AfterEach
  void close() {
    runs.close();
  }

  @Test
  void aLearningRunShowsItsEpochLossesGapAndTheQualityOfItsHeads() {
    assertThat(scraped())
        .contains(
            "bridle_run_epoch{experiment=\"demo\",name=\"a-name\",run=\"a\"} 1.0",
            metric("validationLoss", "0.75"),
            metric("trainingLossClean", "0.5"),
            metric("generalizationGap", "0.25"),
            metric("label/accuracy", "0.7"));
  }

  @Test
  void valuesFollowTheRunBetweenTwoRefreshes() {
    meters.refresh();
    runs.accept(run.epoch(1, 2, 0.4, Double.NaN));

    assertThat(lines())
        .contains(metric("validationLoss", "NaN"), metric("trainingLossClean", "0.4"));
  }

  @Test
  void metricsOfLayersHaveNoGauges() {
    runs.accept(withLayer());

    assertThat(scraped()).noneMatch(line -> line.contains("gradientNorm"));
  }

  @Test
  void anEndedRunIsGoneSomeMinutesAfterItsEnd() {
    runs.accept(run.ended(1, 1, 1, new TrainingOutcome.Completed()));
    runs.accept(run.phase(1, Phase.SUCCEEDED, 5));
    clock.advance(Duration.ofMinutes(4));
    assertThat(scraped()).anyMatch(line -> line.contains("run=\"a\""));

    clock.advance(Duration.ofMinutes(2));

    assertThat(scraped()).noneMatch(line -> line.contains("run=\"a\""));
  }

  @Test
  void onlyTheNewestRunsHaveGauges() {
    for (String later : List.of("b", "c")) {
      Events of = new Events(Events.of(later).run(), later, 10, run.start().plusSeconds(60));
      runs.accept(of.epoch(1, 1, 0.5, 0.5));
    }

    assertThat(scraped())
        .noneMatch(line -> line.contains("run=\"a\""))
        .anyMatch(line -> line.contains("run=\"b\""))
        .anyMatch(line -> line.contains("run=\"c\""));
  }

  private EpochCompleted withLayer() {
    return new EpochCompleted(
        run.run(),
        1,
        2,
        Map.of("gradientNorm/dense1", 1.0, "trainingLoss", 1.0),
        run.start().plusSeconds(9));
  }

  private static String metric(String name, String value) {
    return "bridle_run_metric{experiment=\"demo\",metric=\"%s\",name=\"a-name\",run=\"a\"} %s"
        .formatted(name, value);
  }

  private Stream<String> lines() {
    return registry.scrape().replace(",}", "}").lines();
  }

  private List<String> scraped() {
    meters.refresh();
    return lines().toList();
  }
}
