package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.MetricNames;
import dev.bridle.events.Severity;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final Comparator<String> BY_NUMBERED_NAME =
      Comparator.comparing(GradientRatio::padded).thenComparing(Comparator.naturalOrder());

  private GradientRatio() {}

  private static Rule<Alarm> rule(Settings settings) {
    double minRatio = settings.number("minRatio");
    double maxRatio = settings.number("maxRatio");
    return new EpochCheck(settings, epoch -> checked(epoch, minRatio, maxRatio));
  }

  private static Checkup checked(EpochCompleted epoch, double minRatio, double maxRatio) {
    SortedMap<String, Double> norms = new TreeMap<>(BY_NUMBERED_NAME);
    norms.putAll(Layers.in(epoch, MetricNames.gradientNorm("")).values());
    if (norms.size() < 2) {
      return Checkup.notMeasured();
    }
    double ratio = norms.get(norms.firstKey()) / norms.get(norms.lastKey());
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
                    .formatted(
                        vanishing ? "vanish" : "explode",
                        norms.firstKey(),
                        Texts.number(ratio),
                        norms.lastKey()),
                Map.of("ratio", ratio, "minRatio", minRatio, "maxRatio", maxRatio),
                vanishing
                    ? "Use ReLU, residual connections or batch normalization, or take layers away."
                    : "Clip gradients by their norm, lower the learning rate, or add weight decay."));
  }

  /** Numbers with as many digits as any number has. */
  private static String padded(String name) {
    Matcher numbers = NUMBER.matcher(name);
    return numbers.replaceAll(found -> "%020d".formatted(new BigInteger(found.group())));
  }
}
