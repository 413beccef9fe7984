package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.MetricNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a patience is set to, its dialect's defaults filled in, and what follows from that alone.
 */
record PatienceSettings(
    PatienceDialect dialect,
    String metric,
    Direction mode,
    int patience,
    double minDelta,
    boolean relative,
    OptionalDouble baseline,
    int startFromEpoch,
    int minEpochs,
    int evaluateEvery,
    OptionalDouble stoppingThreshold,
    OptionalDouble divergenceThreshold,
    boolean checkFinite,
    boolean cumulative,
    double percentImprovement) {
  /** Without a dialect; Keras's own 0 would stop at the first miss. */
  private static final int DEFAULT_PATIENCE = 10;

  static final List<Setting> DOCUMENTED =
      List.of(
          Setting.optionalChoice(
              "dialect",
              PatienceDialect.names(),
              "Whose semantics and defaults; keras if left out."),
          Setting.text("metric", MetricNames.VALIDATION_LOSS, "The metric that is watched."),
          Direction.SETTING,
          Setting.optionalWholeNumber(
              "patience", 0, "Misses in a row to wait for; 10 if no dialect is given either."),
          Setting.optionalNumber("minDelta", 0, "An improvement has to be larger than this."),
          Setting.optionalChoice(
              "minDeltaMode",
              List.of("absolute", "relative"),
              "Whether minDelta is a difference or a share of the best."),
          Setting.optionalNumber("baseline", "Misses end only for a value better than this."),
          Setting.wholeNumber("startFromEpoch", 0, 0, "The warm-up's last epoch."),
          Setting.wholeNumber("minEpochs", 0, 0, "No stop before this epoch."),
          Setting.wholeNumber("evaluateEvery", 1, 1, "Look at every so many epochs alone."),
          Setting.optionalNumber("stoppingThreshold", "Stop at a value better than this."),
          Setting.optionalNumber("divergenceThreshold", "Stop at a value worse than this."),
          Setting.optionalFlag("checkFinite", "Stop at once on NaN and infinities."),
          Setting.optionalFlag(
              "cumulative", "Keep the best when a value is better by no more than minDelta."),
          Setting.optionalNumber(
              "percentImprovement", 0, "Of dialect djl: over the epoch before, default 0."));

  static PatienceSettings of(Settings given) {
    PatienceDialect dialect = PatienceDialect.named(given.text("dialect", "keras"));
    if (dialect.reference != PatienceDialect.Reference.PREVIOUS) {
      given.refuse(List.of("percentImprovement"), "it is of the dialect djl");
    } else {
      given.refuse(
          List.of("minDelta", "minDeltaMode", "baseline", "cumulative"),
          "the dialect djl compares with the epoch before, by percentImprovement");
    }
    if (dialect.reference == PatienceDialect.Reference.WINDOW) {
      given.refuse(
          List.of("minDeltaMode", "baseline", "cumulative"),
          "the dialect optuna compares windows, by minDelta");
    }
    return new PatienceSettings(
        dialect,
        given.text("metric"),
        Direction.of(given),
        given.wholeNumber(
            "patience", given.text("dialect") == null ? DEFAULT_PATIENCE : dialect.patience),
        given.number("minDelta", dialect.minDelta),
        given.text("minDeltaMode", dialect.relative ? "relative" : "absolute").equals("relative"),
        given.optionalNumber("baseline"),
        given.wholeNumber("startFromEpoch"),
        given.wholeNumber("minEpochs"),
        given.wholeNumber("evaluateEvery"),
        given.optionalNumber("stoppingThreshold"),
        given.optionalNumber("divergenceThreshold"),
        given.flag("checkFinite", dialect.checkFinite),
        given.flag("cumulative", dialect.cumulative),
        given.number("percentImprovement", 0));
  }

  /** The metric, on the epochs that are looked at. */
  OptionalDouble measured(EpochCompleted epoch) {
    return epoch.epoch() % evaluateEvery == 0 ? epoch.metric(metric) : OptionalDouble.empty();
  }

  boolean improves(double value, double reference) {
    return mode.betterBy(relative ? minDelta * reference : minDelta, value, reference);
  }

  boolean meetsBaseline(double value) {
    return baseline.isEmpty() || improves(value, baseline.getAsDouble());
  }

  int missesToStop() {
    return dialect.misses == PatienceDialect.Misses.AT_PATIENCE ? patience : patience + 1;
  }

  boolean mayStopAfter(int epoch) {
    return epoch > 1 && epoch >= minEpochs && epoch > startFromEpoch;
  }

  /** What ends a run whatever came before. */
  Optional<Verdict> stopAtOnce(PatienceState state, double value) {
    if (checkFinite && !Double.isFinite(value)) {
      return Optional.of(stop(state, value, metric + " is no finite number: " + value));
    }
    if (stoppingThreshold.isPresent() && mode.better(value, stoppingThreshold.getAsDouble())) {
      return Optional.of(
          stop(
              state,
              value,
              "%s reached its target: %s is better than %s"
                  .formatted(
                      metric, Texts.number(value), Texts.number(stoppingThreshold.getAsDouble()))));
    }
    if (divergenceThreshold.isPresent() && mode.better(divergenceThreshold.getAsDouble(), value)) {
      return Optional.of(
          stop(
              state,
              value,
              "%s diverges: %s is worse than %s"
                  .formatted(
                      metric,
                      Texts.number(value),
                      Texts.number(divergenceThreshold.getAsDouble()))));
    }
    return Optional.empty();
  }

  /** The stop of patience itself. */
  Verdict stop(PatienceState state, double value) {
    String reason =
        !state.hasBest()
            ? "%s was never a finite number in %s".formatted(metric, Texts.epochs(state.misses()))
            : "%s has not improved%s for %s: best %s at epoch %d, now %s"
                .formatted(
                    metric,
                    minDelta > 0 ? " by more than " + margin() : "",
                    Texts.epochs(state.misses()),
                    Texts.number(state.best()),
                    state.bestEpoch(),
                    Texts.number(value));
    return stop(state, value, reason);
  }

  Verdict stop(PatienceState state, double value, String reason) {
    return new Verdict.StopTraining(
        state.bestEpoch(),
        reason,
        Map.of(
            "best",
            state.hasBest() ? state.best() : Double.NaN,
            "value",
            value,
            "misses",
            (double) state.misses(),
            "patience",
            (double) patience,
            "minDelta",
            minDelta));
  }

  private String margin() {
    return relative ? Texts.number(minDelta * 100) + " %" : Texts.number(minDelta);
  }
}
