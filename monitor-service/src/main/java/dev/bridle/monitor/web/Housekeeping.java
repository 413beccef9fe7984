package dev.bridle.monitor.web;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * What the live view does now and then: it notices that everything was read, and forgets runs. One
 * look lies between the two, so that what was fetched is applied.
 */
@ApplicationScoped
class Housekeeping {
  private static final Logger LOG = Logger.getLogger(Housekeeping.class);
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread daemon = new Thread(task, "housekeeping");
            daemon.setDaemon(true);
            return daemon;
          });
  private final LiveRuns runs;
  private final RunMeters runMeters;
  private final TopicReader reader;
  private volatile double lag = Double.NaN;

  Housekeeping(LiveRuns runs, RunMeters runMeters, TopicReader reader, MeterRegistry meters) {
    this.runs = runs;
    this.runMeters = runMeters;
    this.reader = reader;
    Gauge.builder("bridle.monitor.view.lag", this, it -> it.lag)
        .description("Records that the live view has yet to read; NaN while that is unknown")
        .baseUnit("records")
        .register(meters);
  }

  void start(@Observes StartupEvent event) {
    thread.scheduleWithFixedDelay(
        this::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  void stop(@Observes ShutdownEvent event) {
    thread.shutdownNow();
  }

  private void look() {
    try {
      runs.forget();
      runMeters.refresh();
      OptionalLong behind = reader.behind(PATIENCE);
      lag = behind.isPresent() ? behind.getAsLong() : Double.NaN;
      if (lag == 0) {
        runs.caughtUp();
      }
    } catch (RuntimeException e) {
      lag = Double.NaN;
      LOG.debugf("the live view's lag is unknown: %s", e);
    }
  }
}
