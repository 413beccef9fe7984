package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.MetricNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Prechelt's three classes of stopping criteria.
 *
 * <p>With v the validation and t the training loss after an epoch and o the least v so far:
 *
 * <ul>
 *   <li>generalization loss GL = 100 (v - o) / |o|, in percent: for o &gt; 0 his 100 (v / o - 1);
 *   <li>training progress over a strip of k epochs, P = 1000 (mean of t / least t - 1), in per
 *       mille;
 *   <li>{@code gl} stops iff GL &gt; alpha, after any epoch;
 *   <li>{@code pq} stops iff GL / P &gt; alpha, at a strip's end;
 *   <li>{@code up} stops iff v rose from one strip's end to the next {@code strips} times in a row.
 * </ul>
 *
 * Each also stops at a strip's end iff P &lt; minProgress, where that is set: he adds it, with 0.1,
 * since none of them is sure to end. Epochs that lack a finite v, or t where it is needed, are
 * passed over, as if they were none of a strip.
 *
 * <p>Source: L. Prechelt, Early Stopping - But When?, 1998; k = 5 and thresholds out of his: GL 5,
 * PQ 1, UP 4.
 */
public final class Prechelt implements Rule<Prechelt.State> {
  static final RuleDefinition<State> DEFINITION =
      new RuleDefinition<>(
          "prechelt",
          true,
          "Stops by generalization loss, by its quotient with progress, or by successive rises.",
          List.of(
              Setting.choice("criterion", List.of("gl", "pq", "up"), "Which of the classes."),
              Setting.optionalNumber("alpha", 0, "Of gl, 5 percent; of pq, 1."),
              Setting.wholeNumber("strip", 5, 1, "Epochs in a strip."),
              Setting.wholeNumber("strips", 4, 1, "Of up: rises in a row."),
              Setting.optionalNumber("minProgress", 0, "Stops below this progress, in per mille."),
              Setting.text("metric", MetricNames.VALIDATION_LOSS, "The validation loss."),
              Setting.text("trainingMetric", MetricNames.TRAINING_LOSS, "The training loss.")),
          State.class,
          Prechelt::new);

  private final String criterion;
  private final double alpha;
  private final int strip;
  private final int strips;
  private final OptionalDouble minProgress;
  private final String metric;
  private final String trainingMetric;

  /**
   * What it remembers.
   *
   * @param training losses of the strip so far
   * @param lastEnd the validation loss at the last strip's end; empty before the first
   * @param rises in a row, counted no further than needed
   */
  public record State(Best best, List<Double> training, Optional<Double> lastEnd, int rises) {
    public State {
      training = List.copyOf(training);
    }
  }

  private Prechelt(Settings settings) {
    criterion = settings.text("criterion");
    alpha = settings.number("alpha", criterion.equals("gl") ? 5 : 1);
    strip = settings.wholeNumber("strip");
    strips = settings.wholeNumber("strips");
    minProgress = settings.optionalNumber("minProgress");
    metric = settings.text("metric");
    trainingMetric = settings.text("trainingMetric");
    if (criterion.equals("up")) {
      settings.refuse(List.of("alpha"), "criterion up counts strips");
    }
  }

  @Override
  public State initial() {
    return new State(Best.NONE, List.of(), Optional.empty(), 0);
  }

  @Override
  public Judged<State> judge(State state, EpochCompleted epoch) {
    OptionalDouble validation = epoch.metric(metric);
    OptionalDouble training = epoch.metric(trainingMetric);
    boolean needsTraining = criterion.equals("pq") || minProgress.isPresent();
    if (!finite(validation) || needsTraining && !finite(training)) {
      return Judged.keepTraining(state);
    }
    double value = validation.getAsDouble();
    Best best = state.best().with(epoch.epoch(), value, Direction.MIN);
    List<Double> seen = Windows.with(state.training(), training.orElse(0), strip);
    if (seen.size() < strip) {
      State next = new State(best, seen, state.lastEnd(), state.rises());
      return judged(next, value, Double.NaN);
    }
    boolean rose = state.lastEnd().isPresent() && value > state.lastEnd().get();
    int rises = rose ? Math.min(strips, state.rises() + 1) : 0;
    return judged(new State(best, List.of(), Optional.of(value), rises), value, progress(seen));
  }

  private static boolean finite(OptionalDouble value) {
    return value.isPresent() && Double.isFinite(value.getAsDouble());
  }

  private static double progress(List<Double> losses) {
    double least = losses.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    return 1000 * (Windows.mean(losses) / least - 1);
  }

  /**
   * @param progress NaN where no strip ends
   */
  private Judged<State> judged(State next, double value, double progress) {
    double best = next.best().value();
    double loss = value == best ? 0 : 100 * (value - best) / Math.abs(best);
    boolean endsStrip = next.training().isEmpty();
    String reason = null;
    if (criterion.equals("gl") && loss > alpha) {
      reason = "generalization loss is %s %%, above %s %%".formatted(text(loss), text(alpha));
    } else if (criterion.equals("pq") && endsStrip && loss / progress > alpha) {
      reason =
          "generalization loss of %s %% is more than %s times the training progress of %s per mille"
              .formatted(text(loss), text(alpha), text(progress));
    } else if (criterion.equals("up") && endsStrip && next.rises() >= strips) {
      reason = "%s rose over %d strips of %s".formatted(metric, strips, Texts.epochs(strip));
    } else if (minProgress.isPresent() && endsStrip && progress < minProgress.getAsDouble()) {
      reason =
          "training progress is %s per mille, below %s"
              .formatted(text(progress), text(minProgress.getAsDouble()));
    }
    return reason == null
        ? Judged.keepTraining(next)
        : new Judged<>(
            next,
            new Verdict.StopTraining(
                next.best().epoch(),
                reason,
                Map.of("generalizationLoss", loss, "best", best, "rises", (double) next.rises())));
  }

  private static String text(double number) {
    return Texts.number(number);
  }
}
