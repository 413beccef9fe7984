package dev.bridle.monitor.policy;

import dev.bridle.events.Severity;
import dev.bridle.monitor.rule.InvalidPolicyException;
import dev.bridle.monitor.rule.Setting;
import dev.bridle.monitor.rule.Settings;
import dev.bridle.monitor.rule.Verdict;
import java.util.List;
import java.util.Map;

/**
 * What a rule's verdicts lead to, where the policy says otherwise than the rule. Reason and
 * evidence stay. A rule that only warns knows no best epoch, so a stop that comes of it names none.
 */
public final class Action implements Verdict.Visitor<Verdict> {
  /** What an action says in a policy: these settings, or its kind alone. */
  public static final List<Setting> DOCUMENTED =
      List.of(
          Setting.choice(
              "kind",
              List.of("alert", "stop", "reduceLearningRate", "strengthenRegularization"),
              "What a verdict leads to."),
          Setting.optionalNumber(
              "factor",
              0,
              "Of the learning rate, below 1 (0.5), or of the technique's strength, above 1 (1.5)."),
          Setting.text("technique", "dropout", "What is strengthened."));

  private final String kind;
  private final double factor;
  private final String technique;

  private Action(String kind, double factor, String technique) {
    this.kind = kind;
    this.factor = factor;
    this.technique = technique;
  }

  /**
   * @param key where it stands: {@code policy.rules[0].action}
   * @param said {@code "alert"}, or a map with a {@code kind}
   * @throws InvalidPolicyException on an unknown kind or setting, or a factor out of its limits
   */
  static Action of(String key, Object said) {
    Settings settings = Settings.checked(key, DOCUMENTED, settings(key, said));
    String kind = settings.text("kind");
    boolean reduces = kind.equals("reduceLearningRate");
    double factor = settings.number("factor", reduces ? 0.5 : 1.5);
    if (reduces ? !(factor > 0 && factor < 1) : factor <= 1) {
      throw new InvalidPolicyException(
          key + ".factor",
          "should be %s: was %s".formatted(reduces ? "between 0 and 1" : "above 1", factor));
    }
    return new Action(kind, factor, settings.text("technique"));
  }

  @SuppressWarnings("unchecked") // JSON's keys are texts
  private static Map<String, Object> settings(String key, Object said) {
    if (said instanceof String kind) {
      return Map.of("kind", kind);
    }
    if (said instanceof Map<?, ?> map && map.get("kind") != null) {
      return (Map<String, Object>) map;
    }
    throw new InvalidPolicyException(key, "should be a kind, or an object with one: was " + said);
  }

  boolean stops() {
    return kind.equals("stop");
  }

  @Override
  public Verdict keepTraining(Verdict.KeepTraining verdict) {
    return verdict;
  }

  @Override
  public Verdict stopTraining(Verdict.StopTraining verdict) {
    return asked(verdict.bestEpoch(), verdict.reason(), verdict.evidence());
  }

  @Override
  public Verdict reduceLearningRate(Verdict.ReduceLearningRate verdict) {
    return asked(0, verdict.reason(), verdict.evidence());
  }

  @Override
  public Verdict strengthenRegularization(Verdict.StrengthenRegularization verdict) {
    return asked(0, verdict.reason(), verdict.evidence());
  }

  @Override
  public Verdict raiseAlert(Verdict.RaiseAlert verdict) {
    return kind.equals("alert") ? verdict : asked(0, verdict.message(), verdict.evidence());
  }

  @Override
  public Verdict resolveAlert(Verdict.ResolveAlert verdict) {
    return kind.equals("alert") ? verdict : new Verdict.KeepTraining();
  }

  private Verdict asked(int bestEpoch, String reason, Map<String, Double> evidence) {
    return switch (kind) {
      case "alert" ->
          new Verdict.RaiseAlert(
              Severity.WARNING,
              reason,
              evidence,
              "The policy asks for an alert in place of the rule's own signal.");
      case "stop" -> new Verdict.StopTraining(bestEpoch, reason, evidence);
      case "reduceLearningRate" -> new Verdict.ReduceLearningRate(factor, reason, evidence);
      default -> new Verdict.StrengthenRegularization(technique, factor, reason, evidence);
    };
  }
}
