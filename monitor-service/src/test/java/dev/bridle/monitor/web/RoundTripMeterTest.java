package dev.bridle.monitor.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.events.Acknowledgement;
import dev.bridle.events.SignalAcknowledged;
import dev.bridle.events.SignalIssued;
import dev.bridle.monitor.config.MonitorConfig;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundTripMeterTest {
  private static final String METER = "bridle.monitor.round.trip";

  @TempDir Path folder;
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Events run = Events.of("r1");
  private final Ticking clock = new Ticking();
  private LiveRuns runs;

  /** Stands still until it is set. */
  private final class Ticking extends Clock {
    private Instant now = run.start();

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @BeforeEach
  void open() {
    MonitorConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(MonitorConfig.class)
            .withDefaultValue("bridle.monitor.state-dir", folder.toString())
            .build()
            .getConfigMapping(MonitorConfig.class);
    runs = new LiveRuns(config, registry, clock);
    new RoundTripMeter(runs, registry, clock).start(new StartupEvent());
  }

  @AfterEach
  void close() {
    runs.close();
  }

  @Test
  void metersEachSignalOnceByWhatTheTrainerAnswered() {
    SignalIssued stop = run.stop(1, 4, 2);
    SignalIssued late = run.stop(1, 5, 2);
    runs.accept(stop);
    runs.accept(run.applied(stop, 4));
    runs.accept(stop);
    runs.accept(run.applied(stop, 4));
    runs.accept(late);
    runs.accept(
        new SignalAcknowledged(
            late.id(), run.run(), 1, new Acknowledgement.TooLate("over"), late.time()));

    assertThat(answered("Applied").count()).isEqualTo(1);
    assertThat(answered("TooLate").count()).isEqualTo(1);
  }

  @Test
  void metersAnAnswerThatOvertookItsSignal() {
    SignalIssued stop = run.stop(1, 4, 2);
    runs.accept(run.applied(stop, 4));
    assertThat(registry.find(METER).timers()).isEmpty();

    runs.accept(stop);

    assertThat(answered("Applied").count()).isEqualTo(1);
  }

  @Test
  void metersTheTimeFromTheEndOfTheEpoch() {
    SignalIssued stop = run.stop(1, 4, 2);
    clock.now = stop.time().plusMillis(250);
    runs.accept(stop);
    runs.accept(run.applied(stop, 4));

    assertThat(answered("Applied").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(250);
  }

  @Test
  void passesOverWhatWasSaidBeforeThisMonitorStarted() {
    Clock later = Clock.offset(clock, Duration.ofHours(1));
    SimpleMeterRegistry another = new SimpleMeterRegistry();
    new RoundTripMeter(runs, another, later).start(new StartupEvent());
    SignalIssued stop = run.stop(1, 4, 2);
    runs.accept(stop);
    runs.accept(run.applied(stop, 4));

    assertThat(another.find(METER).timers()).isEmpty();
  }

  private Timer answered(String answer) {
    return registry.get(METER).tag("action", "StopTraining").tag("answer", answer).timer();
  }
}
