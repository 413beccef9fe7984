package dev.bridle.benchmarks.published;

import dev.bridle.benchmarks.report.Goal;
import dev.bridle.benchmarks.report.Interval;
import dev.bridle.benchmarks.report.Report;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The findings: errors with their intervals, and what each technique bought, by pairs of seeds. */
record Errors(List<TestedRun> runs) {
  Report report() {
    Report report = new Report("published-training");
    for (Variant variant : Variant.values()) {
      Interval error = Interval.of(of(variant, TestedRun::error));
      told(report, variant.key() + ", test error", error);
      report.told(variant.key() + ", Srivastava et al. 2014", variant.publishedError(), "%");
      if (variant != Variant.NONE) {
        told(
            report,
            variant.key() + ", MC-dropout's test error",
            Interval.of(of(variant, TestedRun::monteCarloError)));
      }
    }
    gain(report, "dropout's gain", Variant.NONE, Variant.DROPOUT);
    gain(report, "max-norm's gain beside dropout", Variant.DROPOUT, Variant.DROPOUT_MAX_NORM);
    gain(report, "both's gain", Variant.NONE, Variant.DROPOUT_MAX_NORM);
    return report;
  }

  private void gain(Report report, String name, Variant without, Variant with) {
    Interval gain = Interval.ofPairs(of(without, TestedRun::error), of(with, TestedRun::error));
    report
        .measuredAgainst(Goal.above(0), name + ", mean of pairs", gain.mean(), "points")
        .told(name + ", 95 % from", gain.low(), "points")
        .told(name + ", 95 % to", gain.high(), "points")
        .told(name + ", published", without.publishedError() - with.publishedError(), "points");
  }

  private static void told(Report report, String name, Interval error) {
    report
        .told(name, error.mean(), "%")
        .told(name + ", standard error", error.error(), "%")
        .told(name + ", 95 % from", error.low(), "%")
        .told(name + ", 95 % to", error.high(), "%");
  }

  private double[] of(Variant variant, ToDoubleFunction<TestedRun> error) {
    return runs.stream().filter(run -> run.run().variant() == variant).mapToDouble(error).toArray();
  }
}
