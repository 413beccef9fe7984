package dev.bridle.benchmarks.uci;

import dev.bridle.benchmarks.report.Goal;
import dev.bridle.benchmarks.report.Interval;
import dev.bridle.benchmarks.report.Published;
import dev.bridle.benchmarks.report.Report;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What all splits of a data set say, beside what is published. */
record Findings(Dataset dataset, List<Tested> splits) {
  void into(Report report) {
    Interval rmse = Interval.of(of(Tested::rmse));
    told(report, "RMSE", rmse, dataset.rmse(), "");
    report.measuredAgainst(
        Goal.atMost(0),
        name("RMSE, gap between the intervals"),
        dataset.rmse().shortfallOfLess(rmse),
        "");
    Interval logLikelihood = Interval.of(of(Tested::logLikelihood));
    told(report, "log-likelihood", logLikelihood, dataset.logLikelihood(), "nats");
    report.measuredAgainst(
        Goal.atMost(0),
        name("log-likelihood, gap between the intervals"),
        dataset.logLikelihood().shortfallOfMore(logLikelihood),
        "nats");
    paired(
        report,
        "MC-dropout's gain in RMSE over the plain answer",
        Interval.ofPairs(of(Tested::plainRmse), of(Tested::rmse)));
    paired(
        report,
        "MC-dropout's gain in log-likelihood over the plain answer",
        Interval.ofPairs(of(Tested::logLikelihood), of(Tested::plainLogLikelihood)));
  }

  private void told(Report report, String what, Interval found, Published published, String unit) {
    report
        .told(name(what), found.mean(), unit)
        .told(name(what + ", standard error"), found.error(), unit)
        .told(name(what + ", published"), published.mean(), unit)
        .told(name(what + ", published standard error"), published.error(), unit);
  }

  private void paired(Report report, String what, Interval gain) {
    report
        .told(name(what), gain.mean(), "")
        .told(name(what + ", 95 % from"), gain.low(), "")
        .told(name(what + ", 95 % to"), gain.high(), "");
  }

  private String name(String what) {
    return dataset.key() + ": " + what;
  }

  private double[] of(ToDoubleFunction<Tested> value) {
    return splits.stream().mapToDouble(value).toArray();
  }
}
