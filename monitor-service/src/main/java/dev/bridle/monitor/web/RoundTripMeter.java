package dev.bridle.monitor.web;

import dev.bridle.events.Acknowledgement;
import dev.bridle.monitor.web.projection.DecisionView;
import dev.bridle.monitor.web.projection.RunUpdate;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * The round trip of control: from the end of the epoch that a signal is about to the trainer's
 * answer, as this monitor reads it. The live view knows both. It reads the topics from their
 * beginning at each start; signals from before the start are not measured again.
 */
@ApplicationScoped
class RoundTripMeter {
  private static final Logger LOG = Logger.getLogger(RoundTripMeter.class);

  private final LiveRuns runs;
  private final MeterRegistry meters;
  private final Clock clock;
  private final Instant began;
  private Cancellable subscription = () -> {};

  RoundTripMeter(LiveRuns runs, MeterRegistry meters, Clock clock) {
    this.runs = runs;
    this.meters = meters;
    this.clock = clock;
    began = clock.instant();
  }

  void start(@Observes StartupEvent event) {
    subscription =
        runs.updates()
            .subscribe()
            .with(this::take, failure -> LOG.errorf(failure, "round trips are measured no more"));
  }

  @PreDestroy
  void end() {
    subscription.cancel();
  }

  /** An answer that overtook its signal comes with the decision. */
  private void take(RunUpdate update) {
    boolean answer =
        update.kind() == RunUpdate.Kind.ACKNOWLEDGEMENT || update.kind() == RunUpdate.Kind.DECISION;
    if (answer) {
      update
          .decision()
          .filter(decision -> !decision.time().isBefore(began))
          .ifPresent(decision -> decision.answer().ifPresent(said -> record(decision, said)));
    }
  }

  private void record(DecisionView decision, Acknowledgement answer) {
    Duration trip = Duration.between(decision.time(), clock.instant());
    Timer.builder("bridle.monitor.round.trip")
        .description("From the end of an epoch to the trainer's answer to the signal about it.")
        .tag("action", decision.signal().getClass().getSimpleName())
        .tag("answer", answer.getClass().getSimpleName())
        .register(meters)
        .record(trip.isNegative() ? Duration.ZERO : trip); // a trainer's clock may run ahead
  }
}
