package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.MetricNames;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Stops after a number of epochs, as DL4J's MaxEpochsTerminationCondition and Chainer's max trigger
 * do, and names the best epoch: the first with the best finite value of the metric. As in those,
 * the limit comes before the comparison, so the last epoch is only named if there is no other.
 */
public final class MaxEpochs implements Rule<MaxEpochs.State> {
  static final RuleDefinition<State> DEFINITION =
      new RuleDefinition<>(
          "maxEpochs",
          true,
          "Stops after a number of epochs.",
          List.of(
              Setting.wholeNumber("maxEpochs", 100, 1, "The last epoch to be trained."),
              Setting.text(
                  "metric", MetricNames.VALIDATION_LOSS, "The best epoch is the best by it."),
              Direction.SETTING),
          State.class,
          MaxEpochs::new);

  private final int maxEpochs;
  private final String metric;
  private final Direction mode;

  /** What it remembers: the best epoch, 0 for none, and its value. */
  public record State(int bestEpoch, double best) {}

  private MaxEpochs(Settings settings) {
    maxEpochs = settings.wholeNumber("maxEpochs");
    metric = settings.text("metric");
    mode = Direction.of(settings);
  }

  @Override
  public State initial() {
    return new State(0, 0);
  }

  @Override
  public Judged<State> judge(State state, EpochCompleted epoch) {
    if (epoch.epoch() < maxEpochs) {
      return Judged.keepTraining(learning(state, epoch));
    }
    State known = state.bestEpoch() == 0 ? learning(state, epoch) : state;
    return new Judged<>(
        known,
        new Verdict.StopTraining(
            known.bestEpoch(),
            Texts.epochs(epoch.epoch()) + " were trained",
            Map.of("maxEpochs", (double) maxEpochs)));
  }

  private State learning(State state, EpochCompleted epoch) {
    OptionalDouble measured = epoch.metric(metric);
    boolean best =
        measured.isPresent()
            && Double.isFinite(measured.getAsDouble())
            && (state.bestEpoch() == 0 || mode.better(measured.getAsDouble(), state.best()));
    return best ? new State(epoch.epoch(), measured.getAsDouble()) : state;
  }
}
