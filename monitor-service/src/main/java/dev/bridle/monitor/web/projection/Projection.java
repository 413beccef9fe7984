package dev.bridle.monitor.web.projection;

import dev.bridle.events.AlertRaised;
import dev.bridle.events.AlertResolved;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.RunId;
import dev.bridle.events.SignalAcknowledged;
import dev.bridle.events.SignalId;
import dev.bridle.events.SignalIssued;
import dev.bridle.events.TrainingEvent;
import dev.bridle.monitor.web.projection.RunUpdate.Kind;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Every run, folded from the events. Not safe for use by several threads at once. */
public final class Projection {
  private static final Comparator<RunSummary> NEWEST_FIRST =
      Comparator.comparing(RunSummary::startedAt).reversed().thenComparing(RunSummary::run);

  private final Map<RunId, ProjectedRun> runs = new HashMap<>();
  private long revision;

  /** Takes an event in, and says what it changed: empty for a repetition or a superseded epoch. */
  public Optional<RunUpdate> apply(TrainingEvent event) {
    ProjectedRun fold = runs.get(event.run());
    boolean firstOfRun = fold == null;
    if (firstOfRun) {
      fold = new ProjectedRun();
      runs.put(event.run(), fold);
    }
    Optional<Kind> change = fold.apply(event);
    if (change.isEmpty() && !firstOfRun) {
      return Optional.empty();
    }
    revision++;
    return Optional.of(update(change.orElse(Kind.RUN), event, fold));
  }

  /**
   * A page of the runs that the filter lets through, newest first.
   *
   * @param offset how many of them to pass over
   */
  public RunList runs(Predicate<RunSummary> filter, int offset, int limit) {
    List<RunSummary> found =
        runs.entrySet().stream()
            .map(run -> RunViews.summary(run.getKey(), run.getValue()))
            .filter(filter)
            .sorted(NEWEST_FIRST)
            .toList();
    return new RunList(revision, found.size(), found.stream().skip(offset).limit(limit).toList());
  }

  public Optional<RunView> run(RunId run) {
    return Optional.ofNullable(runs.get(run)).map(fold -> RunViews.view(revision, run, fold));
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
        RunViews.summary(event.run(), fold),
        event instanceof EpochCompleted epoch && kind == Kind.EPOCH
            ? Optional.of(EpochView.of(epoch))
            : Optional.empty(),
        decision(event).map(fold.signals::get).map(signal -> RunViews.decision(signal, fold)),
        alert(event).map(fold.alerts::get).map(alert -> RunViews.alert(alert, fold)),
        kind == Kind.MODEL ? Optional.of(ModelView.of(fold.model)) : Optional.empty());
  }

  private static Optional<SignalId> decision(TrainingEvent event) {
    if (event instanceof SignalIssued signal) {
      return Optional.of(signal.id());
    }
    return event instanceof SignalAcknowledged answer
        ? Optional.of(answer.signal())
        : Optional.empty();
  }

  private static Optional<SignalId> alert(TrainingEvent event) {
    if (event instanceof AlertRaised alert) {
      return Optional.of(alert.id());
    }
    return event instanceof AlertResolved resolved
        ? Optional.of(resolved.alert())
        : Optional.empty();
  }
}
