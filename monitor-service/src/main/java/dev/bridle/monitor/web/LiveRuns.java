package dev.bridle.monitor.web;

import dev.bridle.events.RunChanged;
import dev.bridle.events.RunId;
import dev.bridle.events.TrainingEvent;
import dev.bridle.events.wire.EventJson;
import dev.bridle.monitor.config.MonitorConfig;
import dev.bridle.monitor.web.history.DiskHistories;
import dev.bridle.monitor.web.projection.Projection;
import dev.bridle.monitor.web.projection.RunHistories;
import dev.bridle.monitor.web.projection.RunList;
import dev.bridle.monitor.web.projection.RunSummary;
import dev.bridle.monitor.web.projection.RunView;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * The one projection of this process, shared by readers and pages. An update is published after it
 * is applied and in the order of its revision, so whoever subscribes first and fetches second has
 * everything: what the fetch lacks, the subscription delivers.
 */
@ApplicationScoped
class LiveRuns {
  private final Clock clock;
  private final Duration retention;
  private final RunHistories histories;
  private final Projection projection;
  private final Updates updates = new Updates();
  private boolean caughtUp;
  private boolean closed;

  LiveRuns(MonitorConfig config, MeterRegistry meters, Clock clock) {
    this.clock = clock;
    retention = config.retention();
    histories = new DiskHistories(config.stateDir().resolve("view"));
    projection = new Projection(histories);
    Gauge.builder("bridle.monitor.runs", this, LiveRuns::size)
        .description("Runs that the monitor shows")
        .baseUnit("runs")
        .register(meters);
  }

  void accept(TrainingEvent event) {
    accept(event, EventJson.written(event));
  }

  /**
   * An event as it was received.
   *
   * @param json that it was read from
   */
  synchronized void accept(TrainingEvent event, byte[] json) {
    if (!closed && !comesTooLate(event)) {
      projection.apply(event, json).ifPresent(updates::publish);
    }
  }

  /**
   * Whether the run was forgotten, or is about to be. Until everything is read that Kafka retains,
   * an old event may be the beginning of a run that goes on; only a final phase tells.
   */
  private boolean comesTooLate(TrainingEvent event) {
    boolean overForGood = event instanceof RunChanged change && change.phase().isFinal();
    return (caughtUp || overForGood)
        && event.time().isBefore(clock.instant().minus(retention))
        && projection.summary(event.run()).isEmpty();
  }

  /** Everything was read that Kafka retained at the start: from now on runs are forgotten. */
  synchronized void caughtUp() {
    caughtUp = true;
  }

  /** Forgets the runs whose time is over. */
  synchronized void forget() {
    if (caughtUp && !closed) {
      projection
          .forgetWhatRestsSinceBefore(clock.instant().minus(retention))
          .forEach(updates::publish);
    }
  }

  synchronized RunList runs(RunQuery query) {
    return projection.runs(query.filter(), query.after(), query.offset(), query.limit());
  }

  synchronized Optional<RunSummary> summary(RunId run) {
    return projection.summary(run);
  }

  synchronized Optional<RunView> run(RunId run) {
    return closed ? Optional.empty() : projection.run(run, clock.instant());
  }

  synchronized long revision() {
    return projection.revision();
  }

  synchronized int size() {
    return projection.size();
  }

  @PreDestroy
  synchronized void close() {
    closed = true;
    histories.close();
  }

  /** What changes. */
  Updates updates() {
    return updates;
  }
}
