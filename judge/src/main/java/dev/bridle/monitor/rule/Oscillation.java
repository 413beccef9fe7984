package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.MetricNames;
import dev.bridle.events.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Warns when a metric swings up and down in many epochs.
 *
 * <p>An epoch swings iff the metric's change has the other sign than the change before, and is at
 * least minSwing. Unhealthy iff at least minShare of the last {@code window} epochs swing; nothing
 * is said before the window is full. Resolved when fewer do. NaN and infinity are passed over.
 *
 * <p>Source: AutoTrainer (Zhang et al., ICSE 2021): swings of the accuracy of at least 0.03 in at
 * least 20 % of the epochs; the window, which bounds the state, is ours.
 */
public final class Oscillation implements Rule<Oscillation.State> {
  static final RuleDefinition<State> DEFINITION =
      new RuleDefinition<>(
          "oscillation",
          false,
          "Warns when a metric swings up and down in many epochs.",
          List.of(
              Setting.text("metric", MetricNames.accuracy("label"), "The metric that is watched."),
              Setting.number("minSwing", 0.03, 0, "A swing is at least this large."),
              Setting.number("minShare", 0.2, 0, "It warns from this share of the epochs."),
              Setting.wholeNumber("window", 20, 2, "The newest epochs, which are looked at.")),
          State.class,
          Oscillation::new);

  private final String metric;
  private final double minSwing;
  private final double minShare;
  private final int window;

  /**
   * What it remembers.
   *
   * @param seen values so far, counted to 2 at most
   * @param value the newest
   * @param change from the one before it
   * @param swings of the newest epochs, the newest last, as many as the window at most
   */
  public record State(int seen, double value, double change, List<Boolean> swings, Alarm alarm) {
    public State {
      swings = List.copyOf(swings);
    }
  }

  private Oscillation(Settings settings) {
    metric = settings.text("metric");
    minSwing = settings.number("minSwing");
    minShare = settings.number("minShare");
    window = settings.wholeNumber("window");
  }

  @Override
  public State initial() {
    return new State(0, 0, 0, List.of(), Alarm.QUIET);
  }

  @Override
  public Judged<State> judge(State state, EpochCompleted epoch) {
    OptionalDouble measured = epoch.metric(metric);
    if (measured.isEmpty() || !Double.isFinite(measured.getAsDouble())) {
      return Judged.keepTraining(state);
    }
    double value = measured.getAsDouble();
    double change = state.seen() == 0 ? 0 : value - state.value();
    if (state.seen() < 2) {
      return Judged.keepTraining(
          new State(state.seen() + 1, value, change, List.of(), state.alarm()));
    }
    List<Boolean> swings = new ArrayList<>(state.swings());
    swings.add(
        Math.signum(change) * Math.signum(state.change()) < 0 && Math.abs(change) >= minSwing);
    if (swings.size() > window) {
      swings.remove(0);
    }
    Judged<Alarm> judged = state.alarm().after(checkup(swings, value), 1);
    return new Judged<>(new State(2, value, change, swings, judged.state()), judged.verdict());
  }

  private Checkup checkup(List<Boolean> swings, double value) {
    if (swings.size() < window) {
      return Checkup.notMeasured();
    }
    long count = swings.stream().filter(swing -> swing).count();
    return count >= minShare * window
        ? Checkup.unhealthy(
            () ->
                new Verdict.RaiseAlert(
                    Severity.WARNING,
                    "%s swung by %s or more in %d of %s"
                        .formatted(metric, Texts.number(minSwing), count, Texts.epochs(window)),
                    Map.of(
                        "value", value,
                        "swings", (double) count,
                        "minSwing", minSwing,
                        "minShare", minShare),
                    "Lower the learning rate, use larger batches, or average the weights."))
        : Checkup.healthy();
  }
}
