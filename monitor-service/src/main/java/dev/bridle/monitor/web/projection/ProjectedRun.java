package dev.bridle.monitor.web.projection;

import dev.bridle.events.AlertRaised;
import dev.bridle.events.AlertResolved;
import dev.bridle.events.AttemptStarted;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.ModelExported;
import dev.bridle.events.PolicyAdopted;
import dev.bridle.events.RunChanged;
import dev.bridle.events.RunEnded;
import dev.bridle.events.SignalAcknowledged;
import dev.bridle.events.SignalId;
import dev.bridle.events.SignalIssued;
import dev.bridle.events.TrainingEvent;
import dev.bridle.monitor.web.projection.RunUpdate.Kind;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One run's fold. Every field keeps the greatest of its events in an order that the events
 * themselves carry, so repetitions and the order of arrival change nothing.
 */
final class ProjectedRun {
  private static final Comparator<RunChanged> LATER =
      Comparator.comparingInt(RunChanged::attempt)
          .thenComparing(RunChanged::time)
          .thenComparing(RunChanged::phase);
  private static final Comparator<ModelExported> NEWER =
      Comparator.comparingInt(ModelExported::attempt).thenComparingLong(ModelExported::version);

  final Attempts attempts = new Attempts();
  final TreeMap<Integer, EpochCompleted> epochs = new TreeMap<>();
  final Map<SignalId, SignalIssued> signals = new HashMap<>();
  final Map<SignalId, SignalAcknowledged> answers = new HashMap<>();
  final Map<SignalId, AlertRaised> alerts = new HashMap<>();
  final Map<SignalId, AlertResolved> resolutions = new HashMap<>();
  RunChanged changed;
  RunEnded ended;
  ModelExported model;
  PolicyAdopted policy;
  Instant startedAt = Instant.MAX;
  Instant updatedAt = Instant.MIN;

  /** What kind of change the event made to the views; empty for a repetition. */
  Optional<Kind> apply(TrainingEvent event) {
    final int newestBefore = attempts.newest();
    attempts.seen(event.attempt());
    startedAt = event.time().isBefore(startedAt) ? event.time() : startedAt;
    updatedAt = event.time().isAfter(updatedAt) ? event.time() : updatedAt;
    Optional<Kind> change = fold(event);
    return change.isEmpty() && attempts.newest() > newestBefore ? Optional.of(Kind.RUN) : change;
  }

  private Optional<Kind> fold(TrainingEvent event) {
    if (event instanceof EpochCompleted epoch) {
      return when(add(epoch), Kind.EPOCH);
    } else if (event instanceof RunChanged change) {
      return when(add(change), Kind.RUN);
    } else if (event instanceof AttemptStarted start) {
      return when(add(start), Kind.RUN);
    } else if (event instanceof RunEnded end) {
      return when(add(end), Kind.RUN);
    } else if (event instanceof SignalIssued signal) {
      return when(
          stands(signal) && signals.putIfAbsent(signal.id(), signal) == null, Kind.DECISION);
    } else if (event instanceof SignalAcknowledged answer) {
      boolean news = answers.putIfAbsent(answer.signal(), answer) == null;
      return when(news && signals.containsKey(answer.signal()), Kind.ACKNOWLEDGEMENT);
    } else if (event instanceof AlertRaised alert) {
      return when(stands(alert) && alerts.putIfAbsent(alert.id(), alert) == null, Kind.ALERT);
    } else if (event instanceof AlertResolved resolution) {
      boolean news = resolutions.putIfAbsent(resolution.alert(), resolution) == null;
      return when(news && alerts.containsKey(resolution.alert()), Kind.ALERT);
    } else if (event instanceof ModelExported export) {
      return when(add(export), Kind.MODEL);
    } else if (event instanceof PolicyAdopted adoption) {
      return when(add(adoption), Kind.RUN);
    }
    return Optional.empty();
  }

  private boolean add(EpochCompleted event) {
    EpochCompleted known = epochs.get(event.epoch());
    boolean news =
        (known == null || known.attempt() < event.attempt())
            && !attempts.superseded(event.attempt(), event.epoch());
    if (news) {
      epochs.put(event.epoch(), event);
    }
    return news;
  }

  private boolean add(RunChanged event) {
    boolean news = changed == null || LATER.compare(event, changed) > 0;
    changed = news ? event : changed;
    return news;
  }

  private boolean add(AttemptStarted event) {
    boolean news = attempts.add(event);
    if (news) {
      epochs.values().removeIf(e -> attempts.superseded(e.attempt(), e.epoch()));
      signals.values().removeIf(signal -> !stands(signal));
      alerts.values().removeIf(alert -> !stands(alert));
    }
    return news;
  }

  private boolean add(RunEnded event) {
    boolean news = ended == null || event.attempt() > ended.attempt();
    ended = news ? event : ended;
    return news;
  }

  private boolean add(ModelExported event) {
    boolean news = model == null || NEWER.compare(event, model) > 0;
    model = news ? event : model;
    return news;
  }

  private boolean add(PolicyAdopted event) {
    boolean news = !event.equals(policy) && (policy == null || event.attempt() >= policy.attempt());
    policy = news ? event : policy;
    return news;
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
