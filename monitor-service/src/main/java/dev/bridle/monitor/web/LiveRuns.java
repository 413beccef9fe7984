package dev.bridle.monitor.web;

import dev.bridle.events.RunId;
import dev.bridle.events.TrainingEvent;
import dev.bridle.monitor.web.projection.Projection;
import dev.bridle.monitor.web.projection.RunList;
import dev.bridle.monitor.web.projection.RunUpdate;
import dev.bridle.monitor.web.projection.RunView;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * The one projection of this process, shared by readers and pages. An update is published after it
 * is applied and in the order of its revision, so whoever subscribes first and fetches second has
 * everything: what the fetch lacks, the subscription delivers.
 */
@ApplicationScoped
class LiveRuns {
  /** Enough for a page to fall behind by a long run; beyond that it is cut off and starts over. */
  private static final int UPDATES_PER_SUBSCRIBER = 4096;

  private final Projection projection = new Projection();
  private final BroadcastProcessor<RunUpdate> updates = BroadcastProcessor.create();

  LiveRuns(MeterRegistry meters) {
    Gauge.builder("bridle.monitor.runs", this, LiveRuns::size)
        .description("Runs that the monitor shows")
        .baseUnit("runs")
        .register(meters);
  }

  synchronized void accept(TrainingEvent event) {
    projection.apply(event).ifPresent(updates::onNext);
  }

  synchronized RunList runs(RunQuery query) {
    return projection.runs(query.filter(), query.offset(), query.limit());
  }

  synchronized Optional<RunView> run(RunId run) {
    return projection.run(run);
  }

  synchronized long revision() {
    return projection.revision();
  }

  synchronized int size() {
    return projection.size();
  }

  /** Everything that changes from the subscription on. */
  Multi<RunUpdate> updates() {
    return updates.onOverflow().buffer(UPDATES_PER_SUBSCRIBER);
  }
}
