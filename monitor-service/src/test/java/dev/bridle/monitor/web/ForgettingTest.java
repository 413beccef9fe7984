package dev.bridle.monitor.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.bridle.events.Phase;
import dev.bridle.events.RunChanged;
import dev.bridle.events.RunId;
import dev.bridle.events.TrainingOutcome;
import dev.bridle.monitor.SetClock;
import dev.bridle.monitor.config.MonitorConfig;
import dev.bridle.monitor.web.projection.RunUpdate;
import dev.bridle.monitor.web.projection.RunUpdate.Kind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs leave the live view when their time is over. */
class ForgettingTest {
  private static final Duration RETENTION = Duration.ofDays(7);

  @TempDir Path folder;
  private final SetClock clock = new SetClock(Events.of("any").start());
  private final Events ended = Events.of("ended");
  private final Events goingOn = Events.of("going-on");
  private LiveRuns runs;

  @BeforeEach
  void open() {
    MonitorConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(MonitorConfig.class)
            .withDefaultValue("bridle.monitor.retention", RETENTION.toString())
            .withDefaultValue("bridle.monitor.state-dir", folder.toString())
            .build()
            .getConfigMapping(MonitorConfig.class);
    runs = new LiveRuns(config, new SimpleMeterRegistry(), clock);
    runs.accept(ended.phase(1, Phase.RUNNING));
    runs.accept(ended.epoch(1, 1, 0.9, 0.9));
    runs.accept(ended.ended(1, 1, 1, new TrainingOutcome.Completed()));
    runs.accept(goingOn.phase(1, Phase.RUNNING));
  }

  @AfterEach
  void close() {
    runs.close();
  }

  @Test
  void anEndedRunIsForgottenAfterTheRetentionAndPagesHearOfIt() {
    runs.caughtUp();
    AssertSubscriber<RunUpdate> page =
        runs.updates()
            .after(Optional.empty())
            .subscribe()
            .withSubscriber(AssertSubscriber.create(10));
    pass(RETENTION.minusMinutes(1));
    assertThat(known(ended)).isTrue();

    runs.accept(later(goingOn));
    pass(Duration.ofMinutes(2));

    assertThat(known(ended)).isFalse();
    assertThat(known(goingOn)).as("its last event is younger").isTrue();
    assertThat(page.getItems())
        .extracting(RunUpdate::kind, update -> update.run().value())
        .endsWith(tuple(Kind.FORGOTTEN, "ended"));
  }

  @Test
  void aRunWithoutAnEndIsForgottenTheRetentionAfterItsLastEvent() {
    runs.caughtUp();
    pass(RETENTION.plusMinutes(1));

    assertThat(known(goingOn)).isFalse();
    assertThat(runs.size()).isZero();
  }

  @Test
  void aLateEventOfAForgottenRunBringsNothingBack() {
    runs.caughtUp();
    pass(RETENTION.plusMinutes(1));

    runs.accept(ended.epoch(1, 1, 0.9, 0.9));
    runs.accept(ended.phase(1, Phase.SUCCEEDED));

    assertThat(known(ended)).isFalse();
  }

  @Test
  void aForgottenRunThatGoesOnIsARunAgain() {
    runs.caughtUp();
    pass(RETENTION.plusMinutes(1));

    runs.accept(later(goingOn));

    assertThat(known(goingOn)).isTrue();
  }

  @Test
  void nothingIsForgottenWhileTheTopicsAreBeingRead() {
    pass(RETENTION.plusMinutes(1));
    runs.accept(goingOn.epoch(1, 1, 0.9, 0.9));
    runs.accept(later(goingOn));
    runs.caughtUp();
    pass(Duration.ZERO);

    assertThat(runs.run(goingOn.run()).orElseThrow().epochs()).as("its old epochs too").hasSize(1);
    assertThat(known(ended)).isFalse();
  }

  @Test
  void whatEndedLongAgoIsNotTakenInWhenTheTopicsAreRead() {
    pass(RETENTION.plusDays(300));

    runs.accept(Events.of("long-gone").phase(1, Phase.SUCCEEDED));

    assertThat(runs.run(new RunId("long-gone"))).isEmpty();
  }

  private RunChanged later(Events run) {
    return new Events(run.run(), run.name(), run.plannedEpochs(), clock.instant())
        .phase(1, Phase.RUNNING, 0);
  }

  private boolean known(Events of) {
    return runs.run(of.run()).isPresent();
  }

  private void pass(Duration time) {
    clock.advance(time);
    runs.forget();
  }
}
