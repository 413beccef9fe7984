package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.MetricNames;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Asks for a lower learning rate when a metric has not improved for a number of epochs, as
 * ReduceLROnPlateau of Keras and of PyTorch do.
 *
 * <p>keras: each epoch ends one epoch of the cooldown, in which nothing counts. A value better than
 * the best by more than minDelta becomes the best; any other, outside of the cooldown, is a miss,
 * and at {@code patience} misses the rate is multiplied by {@code factor}. Defaults: factor 0.1,
 * patience 10, minDelta 1e-4 absolute.
 *
 * <p>pytorch: the same with minDelta relative to the best, and the rate is reduced when the misses
 * exceed the patience, by more than 1e-8 or not at all.
 *
 * <p>The rate never falls below minLearningRate. It is the epoch's metric learningRate; a run that
 * does not report it starts from initialLearningRate. NaN and infinities are misses that never
 * become the best.
 */
public final class ReduceOnPlateau implements Rule<ReduceOnPlateau.State> {
  static final RuleDefinition<State> DEFINITION =
      new RuleDefinition<>(
          "reduceOnPlateau",
          false,
          "Asks for a lower learning rate when a metric has not improved for a number of epochs.",
          List.of(
              Setting.choice(
                  "dialect", List.of("keras", "pytorch"), "Whose semantics and defaults."),
              Setting.text("metric", MetricNames.VALIDATION_LOSS, "The metric that is watched."),
              Direction.SETTING,
              Setting.wholeNumber("patience", 10, 0, "Misses in a row to wait for."),
              Setting.number("factor", 0.1, 0, "What the learning rate is multiplied by."),
              Setting.number("minDelta", 1e-4, 0, "An improvement has to be larger than this."),
              Setting.optionalChoice(
                  "minDeltaMode",
                  List.of("absolute", "relative"),
                  "Whether minDelta is a difference or a share of the best."),
              Setting.wholeNumber("cooldown", 0, 0, "Epochs after a reduction that do not count."),
              Setting.number("minLearningRate", 0, 0, "The rate does not fall below this."),
              Setting.optionalNumber(
                  "initialLearningRate", 0, "Of a run that does not report its rate.")),
          State.class,
          ReduceOnPlateau::new);

  private static final double PYTORCH_EPSILON = 1e-8;

  private final boolean pytorch;
  private final String metric;
  private final Direction mode;
  private final int missesToReduce;
  private final double factor;
  private final double minDelta;
  private final boolean relative;
  private final int cooldown;
  private final double minLearningRate;
  private final OptionalDouble initialLearningRate;

  /**
   * What it remembers.
   *
   * @param bestEpoch 0 as long as there is no best
   * @param cooldown epochs that it still lasts
   * @param learningRate as the rule's own reductions left it; 0 if it isn't known
   */
  public record State(int bestEpoch, double best, int misses, int cooldown, double learningRate) {}

  private ReduceOnPlateau(Settings settings) {
    pytorch = settings.text("dialect").equals("pytorch");
    metric = settings.text("metric");
    mode = Direction.of(settings);
    missesToReduce = Math.max(1, settings.wholeNumber("patience") + (pytorch ? 1 : 0));
    factor = settings.numberBelow("factor", 1);
    minDelta = settings.number("minDelta");
    relative = settings.text("minDeltaMode", pytorch ? "relative" : "absolute").equals("relative");
    cooldown = settings.wholeNumber("cooldown");
    minLearningRate = settings.number("minLearningRate");
    initialLearningRate = settings.optionalNumber("initialLearningRate");
  }

  @Override
  public State initial() {
    return new State(0, 0, 0, 0, initialLearningRate.orElse(0));
  }

  @Override
  public Judged<State> judge(State state, EpochCompleted epoch) {
    OptionalDouble measured = epoch.metric(metric);
    if (measured.isEmpty()) {
      return Judged.keepTraining(state);
    }
    double value = measured.getAsDouble();
    int cooling = Math.max(0, state.cooldown() - 1);
    boolean counts = pytorch ? state.cooldown() == 0 : cooling == 0;
    boolean improved = Double.isFinite(value) && (state.bestEpoch() == 0 || improves(value, state));
    int misses = improved || !counts ? 0 : state.misses() + 1;
    State next =
        new State(
            improved ? epoch.epoch() : state.bestEpoch(),
            improved ? value : state.best(),
            misses,
            cooling,
            epoch.metric(MetricNames.LEARNING_RATE).orElse(state.learningRate()));
    return misses >= missesToReduce ? reduced(next, value) : Judged.keepTraining(next);
  }

  private boolean improves(double value, State state) {
    return mode.betterBy(relative ? minDelta * state.best() : minDelta, value, state.best());
  }

  private Judged<State> reduced(State state, double value) {
    double rate = state.learningRate();
    double lower = Math.max(rate * factor, minLearningRate);
    boolean known = rate > 0;
    State after = new State(state.bestEpoch(), state.best(), 0, cooldown, known ? lower : 0);
    if (known && !(rate - lower > (pytorch ? PYTORCH_EPSILON : 0))) {
      return Judged.keepTraining(
          new State(state.bestEpoch(), state.best(), 0, pytorch ? cooldown : 0, rate));
    }
    return new Judged<>(
        after,
        new Verdict.ReduceLearningRate(
            known ? lower / rate : factor,
            "%s has not improved for %s: best %s at epoch %d, now %s"
                .formatted(
                    metric,
                    Texts.epochs(state.misses()),
                    Texts.number(state.best()),
                    state.bestEpoch(),
                    Texts.number(value)),
            Map.of(
                "best",
                state.bestEpoch() == 0 ? Double.NaN : state.best(),
                "value",
                value,
                "misses",
                (double) state.misses(),
                "learningRate",
                known ? rate : Double.NaN)));
  }
}
