package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.MetricNames;
import dev.bridle.events.Severity;
import java.math.BigInteger;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Warns when the gradients at the first layer are far smaller, or far larger, than at the last: on
 * their way back they vanish, or explode.
 *
 * <p>With r = gradientNorm/first / gradientNorm/last: unhealthy iff r &lt; minRatio or r &gt;
 * maxRatio. First and last are by name, numbers in names as numbers, so dense2 comes before dense10
 * and output after both. With fewer than two layers, or where r is NaN, nothing is said; a last
 * norm of 0 with a first above it is a ratio of infinity.
 *
 * <p>Source: AutoTrainer (Zhang et al. 2021), which calls a ratio below 1e-3 vanishing and one
 * above 70 exploding.
 */
public final class GradientRatio {
  static final RuleDefinition<Alarm> DEFINITION =
      new RuleDefinition<>(
          "gradientRatio",
          false,
          "Warns when the first layer's gradients are far from the last's.",
          List.of(
              Setting.number("minRatio", 1e-3, 0, "First to last has to be at least this."),
              Setting.number("maxRatio", 70, 0, "First to last has to be at most this."),
              EpochCheck.PATIENCE),
          Alarm.class,
          GradientRatio::rule);

  private static final Comparator<String> BY_NUMBERED_NAME =
      ((Comparator<String>) GradientRatio::compareNumbered)
          .thenComparing(Comparator.naturalOrder());

  private GradientRatio() {}

  private static Rule<Alarm> rule(Settings settings) {
    double minRatio = settings.number("minRatio");
    double maxRatio = settings.number("maxRatio");
    return new EpochCheck(settings, epoch -> checked(epoch, minRatio, maxRatio));
  }

  private static Checkup checked(EpochCompleted epoch, double minRatio, double maxRatio) {
    Map<String, Double> norms = Layers.in(epoch, MetricNames.gradientNorm("")).values();
    if (norms.size() < 2) {
      return Checkup.notMeasured();
    }
    String first = Collections.min(norms.keySet(), BY_NUMBERED_NAME);
    String last = Collections.max(norms.keySet(), BY_NUMBERED_NAME);
    double ratio = norms.get(first) / norms.get(last);
    if (Double.isNaN(ratio)) {
      return Checkup.notMeasured();
    }
    if (ratio >= minRatio && ratio <= maxRatio) {
      return Checkup.healthy();
    }
    boolean vanishing = ratio < minRatio;
    return Checkup.unhealthy(
        () ->
            new Verdict.RaiseAlert(
                vanishing ? Severity.WARNING : Severity.CRITICAL,
                "Gradients %s: at %s they are %s times those at %s"
                    .formatted(vanishing ? "vanish" : "explode", first, Texts.number(ratio), last),
                Map.of("ratio", ratio, "minRatio", minRatio, "maxRatio", maxRatio),
                vanishing
                    ? "Use ReLU, residual connections or batch normalization, or take layers away."
                    : "Clip gradients by their norm, lower the learning rate, or add weight decay."));
  }

  private static int compareNumbered(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      int endOfA = endOfNumber(a, i);
      int endOfB = endOfNumber(b, j);
      if (endOfA == i || endOfB == j) {
        int letters = Character.compare(a.charAt(i++), b.charAt(j++));
        if (letters != 0) {
          return letters;
        }
      } else {
        int numbers =
            new BigInteger(a.substring(i, endOfA))
                .compareTo(new BigInteger(b.substring(j, endOfB)));
        if (numbers != 0) {
          return numbers;
        }
        i = endOfA;
        j = endOfB;
      }
    }
    return Integer.compare(a.length() - i, b.length() - j);
  }

  /** The start itself where no number begins. */
  private static int endOfNumber(String name, int start) {
    int end = start;
    while (end < name.length() && name.charAt(end) >= '0' && name.charAt(end) <= '9') {
      end++;
    }
    return end;
  }
}
