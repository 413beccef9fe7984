package dev.bridle.monitor.web.projection;

import dev.bridle.events.AlertRaised;
import dev.bridle.events.AlertResolved;
import dev.bridle.events.AttemptStarted;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.ModelExported;
import dev.bridle.events.PolicyAdopted;
import dev.bridle.events.RunChanged;
import dev.bridle.events.RunEnded;
import dev.bridle.events.RunId;
import dev.bridle.events.SignalAcknowledged;
import dev.bridle.events.SignalIssued;
import dev.bridle.events.TrainingEvent;
import dev.bridle.monitor.web.projection.RunUpdate.Kind;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * One run's fold: its summary here, its history elsewhere. Every field keeps the greatest of its
 * events in an order that the events themselves carry, so repetitions and the order of arrival
 * change nothing.
 */
final class ProjectedRun {
  private static final Comparator<RunChanged> LATER =
      Comparator.comparingInt(RunChanged::attempt)
          .thenComparing(RunChanged::time)
          .thenComparing(RunChanged::phase);
  private static final Comparator<ModelExported> NEWER =
      Comparator.comparingInt(ModelExported::attempt).thenComparingLong(ModelExported::version);

  private final RunId run;
  private final RunHistories histories;
  final Attempts attempts = new Attempts();
  final EpochTally epochs = new EpochTally();
  final Pairs<SignalIssued, SignalAcknowledged> decisions;
  final Pairs<AlertRaised, AlertResolved> alerts;
  RunChanged changed;
  RunEnded ended;
  Instant startedAt = Instant.MAX;
  Instant updatedAt = Instant.MIN;
  private RunSummary summary;

  ProjectedRun(RunId run, RunHistories histories) {
    this.run = run;
    this.histories = histories;
    decisions = new Pairs<>(run, histories, Chapter.SIGNALS, Chapter.ANSWERS, SignalIssued::rule);
    alerts = new Pairs<>(run, histories, Chapter.ALERTS, Chapter.RESOLUTIONS, AlertRaised::rule);
  }

  /** As of the last event. */
  RunSummary summary() {
    return summary;
  }

  /**
   * When the newest attempt ended: by the word of its end, or by its phase if it never trained. Of
   * a run that goes on, or was left without an end: its last event.
   */
  Instant restingSince() {
    if (ended != null && ended.attempt() == attempts.newest()) {
      return ended.time();
    }
    return changed != null && changed.phase().isFinal() && changed.attempt() == attempts.newest()
        ? changed.time()
        : updatedAt;
  }

  /** What kind of change the event made to the views; empty for a repetition. */
  Optional<Kind> apply(TrainingEvent event, byte[] json) {
    final int newestBefore = attempts.newest();
    attempts.seen(event.attempt());
    startedAt = event.time().isBefore(startedAt) ? event.time() : startedAt;
    updatedAt = event.time().isAfter(updatedAt) ? event.time() : updatedAt;
    Optional<Kind> change = fold(event, json);
    summary = RunViews.summary(run, this);
    return change.isEmpty() && attempts.newest() > newestBefore ? Optional.of(Kind.RUN) : change;
  }

  private Optional<Kind> fold(TrainingEvent event, byte[] json) {
    if (event instanceof EpochCompleted epoch) {
      return when(add(epoch, json), Kind.EPOCH);
    } else if (event instanceof RunChanged change) {
      return when(add(change), Kind.RUN);
    } else if (event instanceof AttemptStarted start) {
      return when(add(start), Kind.RUN);
    } else if (event instanceof RunEnded end) {
      return when(add(end), Kind.RUN);
    } else if (event instanceof SignalIssued signal) {
      return when(stands(signal) && decisions.opened(signal, json), Kind.DECISION);
    } else if (event instanceof SignalAcknowledged answer) {
      return when(decisions.closed(answer, json), Kind.ACKNOWLEDGEMENT);
    } else if (event instanceof AlertRaised alert) {
      return when(stands(alert) && alerts.opened(alert, json), Kind.ALERT);
    } else if (event instanceof AlertResolved resolution) {
      return when(alerts.closed(resolution, json), Kind.ALERT);
    } else if (event instanceof ModelExported export) {
      return when(add(export), Kind.MODEL);
    } else if (event instanceof PolicyAdopted adoption) {
      return when(add(adoption), Kind.RUN);
    }
    return Optional.empty();
  }

  private boolean add(EpochCompleted event, byte[] json) {
    if (attempts.superseded(event.attempt(), event.epoch())) {
      return false;
    }
    // Beyond the last one nothing is stored: the usual case needs no reading.
    Optional<EpochCompleted> known =
        event.epoch() > epochs.last()
            ? Optional.empty()
            : histories.find(Chapter.EPOCHS, run, Chapter.EPOCHS.keyOf().apply(event));
    if (known.isPresent() && known.get().attempt() >= event.attempt()) {
      return false;
    }
    histories.put(Chapter.EPOCHS, event, json);
    if (known.isPresent()) {
      epochs.countAnew(histories.read(Chapter.EPOCHS, run));
    } else {
      epochs.add(event);
    }
    return true;
  }

  private boolean add(RunChanged event) {
    boolean news = changed == null || LATER.compare(event, changed) > 0;
    changed = news ? event : changed;
    return news;
  }

  private boolean add(AttemptStarted event) {
    boolean news = attempts.add(event);
    if (news) {
      giveWay();
    }
    return news;
  }

  private boolean add(RunEnded event) {
    boolean news = ended == null || event.attempt() > ended.attempt();
    ended = news ? event : ended;
    return news;
  }

  private boolean add(ModelExported event) {
    Optional<ModelExported> known = histories.find(Chapter.MODEL, run, "");
    boolean news = known.isEmpty() || NEWER.compare(event, known.get()) > 0;
    if (news) {
      histories.put(Chapter.MODEL, event);
    }
    return news;
  }

  private boolean add(PolicyAdopted event) {
    Optional<PolicyAdopted> known = histories.find(Chapter.POLICY, run, "");
    boolean news =
        known.isEmpty() || (!event.equals(known.get()) && event.attempt() >= known.get().attempt());
    if (news) {
      histories.put(Chapter.POLICY, event);
    }
    return news;
  }

  /** What a new attempt supersedes is gone. */
  private void giveWay() {
    decisions.keep(this::stands);
    alerts.keep(this::stands);
    if (epochs.count() == 0) {
      return; // so it is at a run's beginning
    }
    boolean anyGone = false;
    for (EpochCompleted epoch : histories.read(Chapter.EPOCHS, run)) {
      if (attempts.superseded(epoch.attempt(), epoch.epoch())) {
        histories.remove(Chapter.EPOCHS, epoch);
        anyGone = true;
      }
    }
    if (anyGone) {
      epochs.countAnew(histories.read(Chapter.EPOCHS, run));
    }
  }

  private boolean stands(SignalIssued signal) {
    return !attempts.superseded(signal.attempt(), signal.epoch());
  }

  private boolean stands(AlertRaised alert) {
    return !attempts.superseded(alert.attempt(), alert.epoch());
  }

  private static Optional<Kind> when(boolean news, Kind kind) {
    return news ? Optional.of(kind) : Optional.empty();
  }
}
