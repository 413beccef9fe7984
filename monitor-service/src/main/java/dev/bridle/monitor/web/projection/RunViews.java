package dev.bridle.monitor.web.projection;

import dev.bridle.events.AlertRaised;
import dev.bridle.events.AttemptStarted;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.MetricNames;
import dev.bridle.events.Phase;
import dev.bridle.events.RunEnded;
import dev.bridle.events.RunId;
import dev.bridle.events.SignalIssued;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A run's fold as its views show it. */
final class RunViews {
  private RunViews() {}

  static RunView view(long revision, RunId run, ProjectedRun fold) {
    return new RunView(
        revision,
        summary(run, fold),
        fold.epochs.values().stream().map(EpochView::of).toList(),
        fold.signals.values().stream()
            .sorted(
                Comparator.comparingInt(SignalIssued::epoch).thenComparing(SignalIssued::identity))
            .map(signal -> decision(signal, fold))
            .toList(),
        fold.alerts.values().stream()
            .sorted(
                Comparator.comparingInt(AlertRaised::epoch).thenComparing(AlertRaised::identity))
            .map(alert -> alert(alert, fold))
            .toList(),
        Optional.ofNullable(fold.model).map(ModelView::of),
        Optional.ofNullable(fold.policy).map(PolicyView::of));
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
        fold.epochs.isEmpty() ? 0 : fold.epochs.lastKey(),
        ended.isPresent() ? ended.get().bestEpoch() : lowestValidationLoss(fold),
        changeIsNewer ? fold.changed.reason() : Optional.empty(),
        ended.map(RunEnded::outcome),
        openAlerts(fold),
        fold.epochs.isEmpty() ? Map.of() : fold.epochs.lastEntry().getValue().metrics(),
        fold.startedAt,
        fold.updatedAt);
  }

  static DecisionView decision(SignalIssued signal, ProjectedRun fold) {
    return DecisionView.of(signal, fold.answers.get(signal.id()));
  }

  static AlertView alert(AlertRaised alert, ProjectedRun fold) {
    return AlertView.of(alert, fold.resolutions.get(alert.id()));
  }

  private static List<String> openAlerts(ProjectedRun fold) {
    return fold.alerts.values().stream()
        .filter(alert -> !fold.resolutions.containsKey(alert.id()))
        .map(AlertRaised::rule)
        .distinct()
        .sorted()
        .toList();
  }

  private static OptionalInt lowestValidationLoss(ProjectedRun fold) {
    return fold.epochs.values().stream()
        .filter(epoch -> !Double.isNaN(validationLoss(epoch)))
        .min(Comparator.comparingDouble(RunViews::validationLoss))
        .map(EpochCompleted::epoch)
        .map(OptionalInt::of)
        .orElse(OptionalInt.empty());
  }

  private static double validationLoss(EpochCompleted epoch) {
    return epoch.metric(MetricNames.VALIDATION_LOSS).orElse(Double.NaN);
  }
}
