package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.MetricNames;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Stops when training and validation loss no longer move together.
 *
 * <p>r is Pearson's correlation of the two over the last {@code window} epochs; there is none
 * before that, nor where either stands still, for its variance is 0. An epoch with r &lt; threshold
 * is a miss, any other with an r ends the misses; one without an r changes nothing. The run is to
 * stop iff the misses in a row reach the patience. Epochs that lack a finite value of either are
 * passed over.
 *
 * <p>Source: the correlation-driven stopping criterion of Miseta, Fodor and Vathy-Fogarassy,
 * Surpassing early stopping, Neurocomputing 567 (2024).
 */
public final class Cdsc implements Rule<Cdsc.State> {
  static final RuleDefinition<State> DEFINITION =
      new RuleDefinition<>(
          "cdsc",
          true,
          "Stops when training and validation loss no longer move together.",
          List.of(
              Setting.wholeNumber("window", 5, 2, "Epochs that the correlation is computed of."),
              Setting.number("threshold", 0.5, -1, "A correlation below this is a miss."),
              Setting.wholeNumber("patience", 5, 1, "Misses in a row until it stops."),
              Setting.text("metric", MetricNames.VALIDATION_LOSS, "The validation loss."),
              Setting.text("trainingMetric", MetricNames.TRAINING_LOSS, "The training loss.")),
          State.class,
          Cdsc::new);

  private final int window;
  private final double threshold;
  private final int patience;
  private final String metric;
  private final String trainingMetric;

  /**
   * What it remembers: the losses of the window, the newest last, and the misses in a row, counted
   * no further than the patience.
   */
  public record State(List<Double> training, List<Double> validation, int misses, Best best) {
    public State {
      training = List.copyOf(training);
      validation = List.copyOf(validation);
    }
  }

  private Cdsc(Settings settings) {
    window = settings.wholeNumber("window");
    threshold = settings.number("threshold");
    patience = settings.wholeNumber("patience");
    metric = settings.text("metric");
    trainingMetric = settings.text("trainingMetric");
  }

  @Override
  public State initial() {
    return new State(List.of(), List.of(), 0, Best.NONE);
  }

  @Override
  public Judged<State> judge(State state, EpochCompleted epoch) {
    double training = epoch.metric(trainingMetric).orElse(Double.NaN);
    double validation = epoch.metric(metric).orElse(Double.NaN);
    if (!Double.isFinite(training) || !Double.isFinite(validation)) {
      return Judged.keepTraining(state);
    }
    List<Double> trainings = Windows.with(state.training(), training, window);
    List<Double> validations = Windows.with(state.validation(), validation, window);
    OptionalDouble correlation =
        trainings.size() < window ? OptionalDouble.empty() : correlation(trainings, validations);
    int misses = state.misses();
    if (correlation.isPresent()) {
      misses = correlation.getAsDouble() < threshold ? Math.min(patience, misses + 1) : 0;
    }
    State next =
        new State(
            trainings,
            validations,
            misses,
            state.best().with(epoch.epoch(), validation, Direction.MIN));
    return correlation.isPresent() && misses >= patience
        ? new Judged<>(next, stop(next, correlation.getAsDouble()))
        : Judged.keepTraining(next);
  }

  private static OptionalDouble correlation(List<Double> x, List<Double> y) {
    double meanX = Windows.mean(x);
    double meanY = Windows.mean(y);
    double covariance = 0;
    for (int i = 0; i < x.size(); i++) {
      covariance += (x.get(i) - meanX) * (y.get(i) - meanY);
    }
    double r = covariance / x.size() / Windows.standardDeviation(x) / Windows.standardDeviation(y);
    return Double.isFinite(r) ? OptionalDouble.of(r) : OptionalDouble.empty();
  }

  private Verdict stop(State state, double correlation) {
    return new Verdict.StopTraining(
        state.best().epoch(),
        "the correlation of %s and %s over %s was below %s for %s"
            .formatted(
                trainingMetric,
                metric,
                Texts.epochs(window),
                Texts.number(threshold),
                Texts.epochs(patience)),
        Map.of("correlation", correlation, "threshold", threshold));
  }
}
