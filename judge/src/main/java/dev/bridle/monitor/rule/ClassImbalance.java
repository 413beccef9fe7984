package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.MetricNames;
import dev.bridle.events.Severity;
import java.util.List;
import java.util.Map;

/**
 * Warns when a head's classes are of very different sizes, or one of them is hardly recognized.
 *
 * <p>Unhealthy iff labeledRows &gt;= minRows, and classRatio &gt; maxRatio or 1 - worstRecall &gt;
 * maxMisprediction, for any head. NaN is neither; a head that lacks labeledRows, or both of the
 * others, is passed over. The alert names the first such head; it is resolved when there is none.
 *
 * <p>Source: ClassImbalance of Amazon SageMaker Debugger: ratio 10, misprediction 0.7, 500 samples;
 * a patience of 3 lets a new run learn its rare classes.
 */
public final class ClassImbalance {
  static final RuleDefinition<Alarm> DEFINITION =
      new RuleDefinition<>(
          "classImbalance",
          false,
          "Warns when classes are of very different sizes, or one of them is hardly recognized.",
          List.of(
              Setting.number("maxRatio", 10, 0, "The largest class by the smallest, at most."),
              Setting.number(
                  "maxMisprediction", 0.7, 0, "The share of a class that may be mistaken."),
              Setting.number("minRows", 500, 0, "With fewer labeled rows nothing is said."),
              Setting.wholeNumber("patience", 3, 1, "Epochs in a row before it warns.")),
          Alarm.class,
          ClassImbalance::rule);

  private ClassImbalance() {}

  private static Rule<Alarm> rule(Settings settings) {
    double maxRatio = settings.number("maxRatio");
    double maxMisprediction = settings.number("maxMisprediction");
    double minRows = settings.number("minRows");
    return new EpochCheck(settings, epoch -> checkup(epoch, maxRatio, maxMisprediction, minRows));
  }

  private static Checkup checkup(
      EpochCompleted epoch, double maxRatio, double maxMisprediction, double minRows) {
    Checkup found = Checkup.notMeasured();
    for (String head : Heads.with(epoch, MetricNames.labeledRows(""))) {
      double rows = epoch.metric(MetricNames.labeledRows(head)).getAsDouble();
      double ratio = epoch.metric(MetricNames.classRatio(head)).orElse(Double.NaN);
      double recall = epoch.metric(MetricNames.worstRecall(head)).orElse(Double.NaN);
      if (rows >= minRows && (ratio > maxRatio || 1 - recall > maxMisprediction)) {
        return Checkup.unhealthy(() -> alert(head, rows, ratio, recall));
      }
      if (!Double.isNaN(ratio) || !Double.isNaN(recall)) {
        found = Checkup.healthy();
      }
    }
    return found;
  }

  private static Verdict.RaiseAlert alert(String head, double rows, double ratio, double recall) {
    return new Verdict.RaiseAlert(
        Severity.WARNING,
        "Class imbalance: of head %s the largest class has %s times the rows of the smallest, and the"
                .formatted(head, Texts.number(ratio))
            + " least recall of a class is %s".formatted(Texts.number(recall)),
        Map.of(
            MetricNames.classRatio(head), ratio,
            MetricNames.worstRecall(head), recall,
            MetricNames.labeledRows(head), rows),
        "Weight the classes in the loss, oversample the rare ones, or augment them; label smoothing"
            + " keeps the large ones from dominating.");
  }
}
