package dev.bridle.monitor.web.projection;

import dev.bridle.events.AlertRaised;
import dev.bridle.events.AlertResolved;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.ModelExported;
import dev.bridle.events.RunId;
import dev.bridle.events.SignalAcknowledged;
import dev.bridle.events.SignalId;
import dev.bridle.events.SignalIssued;
import dev.bridle.events.TrainingEvent;
import dev.bridle.events.wire.EventJson;
import dev.bridle.monitor.web.projection.RunUpdate.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Every run, folded from the events. Not safe for use by several threads at once. */
public final class Projection {
  private final Map<RunId, ProjectedRun> runs = new HashMap<>();
  private final NavigableMap<RunPosition, ProjectedRun> newestFirst = new TreeMap<>();
  private final RunHistories histories;
  private long revision;

  public Projection(RunHistories histories) {
    this.histories = histories;
  }

  /** Takes an event in that was not received: as one that was. */
  public Optional<RunUpdate> apply(TrainingEvent event) {
    return apply(event, EventJson.written(event));
  }

  /**
   * Takes an event in, and says what it changed: empty for a repetition or a superseded epoch.
   *
   * @param json that it was read from, with what only a newer version knows
   */
  public Optional<RunUpdate> apply(TrainingEvent event, byte[] json) {
    ProjectedRun fold = runs.get(event.run());
    boolean firstOfRun = fold == null;
    if (firstOfRun) {
      fold = new ProjectedRun(event.run(), histories);
      runs.put(event.run(), fold);
    }
    Instant startedBefore = fold.startedAt;
    Optional<Kind> change = fold.apply(event, json);
    if (!fold.startedAt.equals(startedBefore)) {
      newestFirst.remove(new RunPosition(startedBefore, event.run()));
      newestFirst.put(RunPosition.of(fold.summary()), fold);
    }
    if (change.isEmpty() && !firstOfRun) {
      return Optional.empty();
    }
    revision++;
    return Optional.of(update(change.orElse(Kind.RUN), event, fold));
  }

  /** Forgets the runs that have rested since before then; returns what to tell of it. */
  public List<RunUpdate> forgetWhatRestsSinceBefore(Instant limit) {
    List<RunSummary> forgotten =
        runs.values().stream()
            .filter(run -> run.restingSince().isBefore(limit))
            .map(ProjectedRun::summary)
            .toList();
    return forgotten.stream().map(this::forget).toList();
  }

  private RunUpdate forget(RunSummary summary) {
    runs.remove(summary.run());
    newestFirst.remove(RunPosition.of(summary));
    histories.forget(summary.run());
    revision++;
    return RunUpdate.forgotten(revision, summary);
  }

  /**
   * A page of the runs that the filter lets through, newest first.
   *
   * @param after the last one's place on the page before; empty for the first page
   * @param offset how many to pass over from there
   */
  public RunList runs(
      Predicate<RunSummary> filter, Optional<RunPosition> after, int offset, int limit) {
    List<RunSummary> page = new ArrayList<>();
    int total = 0;
    int passed = 0;
    boolean more = false;
    for (ProjectedRun run : newestFirst.values()) {
      RunSummary summary = run.summary();
      if (!filter.test(summary)) {
        continue;
      }
      total++;
      boolean before = after.isPresent() && RunPosition.of(summary).compareTo(after.get()) <= 0;
      if (before || passed++ < offset) {
        continue;
      }
      more = page.size() == limit;
      if (!more) {
        page.add(summary);
      }
    }
    Optional<RunPosition> next =
        more ? Optional.of(RunPosition.of(page.get(page.size() - 1))) : Optional.empty();
    return new RunList(revision, total, page, next);
  }

  public Optional<RunSummary> summary(RunId run) {
    return Optional.ofNullable(runs.get(run)).map(ProjectedRun::summary);
  }

  /**
   * A run with its history.
   *
   * @param now tells which signals have expired
   */
  public Optional<RunView> run(RunId run, Instant now) {
    return Optional.ofNullable(runs.get(run))
        .map(fold -> RunViews.view(revision, run, fold, histories, now));
  }

  /** How many changes there were. */
  public long revision() {
    return revision;
  }

  public int size() {
    return runs.size();
  }

  private RunUpdate update(Kind kind, TrainingEvent event, ProjectedRun fold) {
    return new RunUpdate(
        kind,
        revision,
        event.run(),
        fold.summary(),
        event instanceof EpochCompleted epoch && kind == Kind.EPOCH
            ? Optional.of(EpochView.of(epoch))
            : Optional.empty(),
        decision(kind, event).map(signal -> RunViews.decision(signal, fold, event.time())),
        alert(kind, event).map(alert -> RunViews.alert(alert, fold)),
        event instanceof ModelExported model && kind == Kind.MODEL
            ? Optional.of(ModelView.of(model))
            : Optional.empty());
  }

  /** The signal that the event is, or answers, if it is known. */
  private Optional<SignalIssued> decision(Kind kind, TrainingEvent event) {
    if (event instanceof SignalIssued signal) {
      return kind == Kind.DECISION
          ? Optional.of(signal)
          : known(Chapter.SIGNALS, event, signal.id());
    }
    return event instanceof SignalAcknowledged answer
        ? known(Chapter.SIGNALS, event, answer.signal())
        : Optional.empty();
  }

  /** The alert that the event is, or ends, if it is known. */
  private Optional<AlertRaised> alert(Kind kind, TrainingEvent event) {
    if (event instanceof AlertRaised alert) {
      return kind == Kind.ALERT ? Optional.of(alert) : known(Chapter.ALERTS, event, alert.id());
    }
    return event instanceof AlertResolved resolved
        ? known(Chapter.ALERTS, event, resolved.alert())
        : Optional.empty();
  }

  private <E extends TrainingEvent> Optional<E> known(
      Chapter<E> chapter, TrainingEvent event, SignalId id) {
    return histories.find(chapter, event.run(), id.value());
  }
}
