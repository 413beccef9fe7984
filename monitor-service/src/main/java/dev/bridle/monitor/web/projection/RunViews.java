package dev.bridle.monitor.web.projection;

import dev.bridle.events.AlertRaised;
import dev.bridle.events.AttemptStarted;
import dev.bridle.events.Phase;
import dev.bridle.events.RunEnded;
import dev.bridle.events.RunId;
import dev.bridle.events.SignalIssued;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A run's fold and history as its views show them. */
final class RunViews {
  private RunViews() {}

  static RunView view(
      long revision, RunId run, ProjectedRun fold, RunHistories histories, Instant now) {
    return new RunView(
        revision,
        fold.summary(),
        histories.read(Chapter.EPOCHS, run).stream().map(EpochView::of).toList(),
        histories.read(Chapter.SIGNALS, run).stream()
            .sorted(
                Comparator.comparingInt(SignalIssued::epoch).thenComparing(SignalIssued::identity))
            .map(signal -> decision(signal, fold, now))
            .toList(),
        histories.read(Chapter.ALERTS, run).stream()
            .sorted(
                Comparator.comparingInt(AlertRaised::epoch).thenComparing(AlertRaised::identity))
            .map(alert -> alert(alert, fold))
            .toList(),
        histories.find(Chapter.MODEL, run, "").map(ModelView::of),
        histories.find(Chapter.POLICY, run, "").map(PolicyView::of));
  }

  static RunSummary summary(RunId run, ProjectedRun fold) {
    Optional<RunEnded> ended =
        Optional.ofNullable(fold.ended).filter(end -> end.attempt() == fold.attempts.newest());
    AttemptStarted started = fold.attempts.newestStarted();
    boolean changeIsNewer =
        fold.changed != null && (started == null || fold.changed.attempt() >= started.attempt());
    Optional<String> name = Optional.empty();
    Optional<String> experiment = Optional.empty();
    OptionalInt planned = OptionalInt.empty();
    if (changeIsNewer) {
      name = Optional.of(fold.changed.name());
      experiment = Optional.of(fold.changed.experiment());
      planned = OptionalInt.of(fold.changed.plannedEpochs());
    } else if (started != null) {
      name = Optional.of(started.name());
      experiment = Optional.of(started.experiment());
      planned = OptionalInt.of(started.plannedEpochs());
    }
    return new RunSummary(
        run,
        fold.attempts.newest(),
        name.orElse(run.value()),
        experiment,
        changeIsNewer ? fold.changed.phase() : Phase.RUNNING,
        planned,
        fold.epochs.last(),
        ended.isPresent() ? ended.get().bestEpoch() : fold.epochs.best(),
        changeIsNewer ? fold.changed.reason() : Optional.empty(),
        ended.map(RunEnded::outcome),
        openAlerts(fold),
        fold.epochs.metrics(),
        counts(fold),
        fold.startedAt,
        fold.updatedAt);
  }

  static DecisionView decision(SignalIssued signal, ProjectedRun fold, Instant now) {
    return DecisionView.of(signal, fold.decisions.closing(signal), now);
  }

  static AlertView alert(AlertRaised alert, ProjectedRun fold) {
    return AlertView.of(alert, fold.alerts.closing(alert).orElse(null));
  }

  private static List<String> openAlerts(ProjectedRun fold) {
    return fold.alerts.open().isEmpty()
        ? List.of()
        : fold.alerts.open().stream().distinct().sorted().toList();
  }

  private static RunCounts counts(ProjectedRun fold) {
    return new RunCounts(
        fold.epochs.count(),
        fold.decisions.count(),
        fold.decisions.open().size(),
        fold.alerts.count());
  }
}
