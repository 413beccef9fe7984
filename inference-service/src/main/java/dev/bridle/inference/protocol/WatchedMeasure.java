package dev.bridle.inference.protocol;

import dev.bridle.events.DriftRaised;
import dev.bridle.events.DriftResolved;
import dev.bridle.events.Event;
import dev.bridle.inference.calibration.DriftWindow;
import dev.bridle.inference.calibration.DriftWindow.Drift;
import dev.bridle.inference.calibration.UncertaintyReference;
import dev.bridle.inference.repository.ModelVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One measure of one output of a model, of the newest version that answers. A full window is looked
 * at each time that a tenth of it is new. Thread-safe.
 */
final class WatchedMeasure {
  private static final int LOOKS = 10;

  private final DriftConfig config;
  private final String output;
  private final String measure;
  private ModelVersion version;
  private UncertaintyReference reference;
  private DriftWindow window;
  private long nextLook;
  private double distance = Double.NaN;
  private Optional<DriftRaised> raised = Optional.empty();

  WatchedMeasure(DriftConfig config, String output, String measure) {
    this.config = config;
    this.output = output;
    this.measure = measure;
  }

  /**
   * Takes in the rows of an answer; those of an older version don't count.
   *
   * @return what begins or is over by them
   */
  synchronized List<Event> add(
      ModelVersion by, UncertaintyReference calibrated, double[] values, Instant now) {
    List<Event> events = new ArrayList<>();
    if (version != null && by.version() < version.version()) {
      return events;
    }
    if (!by.equals(version) || calibrated != reference) {
      resolve(now).ifPresent(events::add);
      version = by;
      reference = calibrated;
      window = new DriftWindow(calibrated.values().get(measure), config.window());
      distance = Double.NaN;
      nextLook = config.window();
    }
    for (double value : values) {
      window.add(value);
      if (window.added() >= nextLook) {
        nextLook = window.added() + Math.max(1, config.window() / LOOKS);
        look(window.drift(), now).ifPresent(events::add);
      }
    }
    return events;
  }

  private Optional<? extends Event> look(Drift drift, Instant now) {
    distance = drift.distance();
    if (raised.isEmpty() && drift.pValue() < config.raiseBelow()) {
      raised = Optional.of(raised(drift, now));
      return raised;
    }
    return drift.pValue() > config.resolveAbove() ? resolve(now) : Optional.empty();
  }

  private DriftRaised raised(Drift drift, Instant now) {
    return new DriftRaised(
        version.model(),
        version.version(),
        output,
        measure,
        drift.distance(),
        Math.max(0, drift.pValue()),
        window.rows(),
        window.referenceRows(),
        drift.risen(),
        now);
  }

  private Optional<DriftResolved> resolve(Instant now) {
    Optional<DriftResolved> resolved =
        raised.map(
            begun ->
                new DriftResolved(
                    begun.identity(), begun.model(), begun.version(), output, measure, now));
    raised = Optional.empty();
    return resolved;
  }

  /** At the last look; NaN before the window is full. */
  synchronized double distance() {
    return distance;
  }

  synchronized boolean isDrifting() {
    return raised.isPresent();
  }
}
