package dev.bridle.benchmarks.liveruns;

import dev.bridle.benchmarks.bed.TestBed;
import dev.bridle.benchmarks.report.Report;
import dev.bridle.benchmarks.report.ReportOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code benchmarks/run live-runs}. */
@Command(
    name = "live-runs",
    description = "Very many runs, and very long ones, on one instance with 1 GiB of heap.",
    mixinStandardHelpOptions = true)
public final class LiveRunsCommand implements Runnable {
  @Mixin ReportOption output;

  @Option(names = "--long-runs", defaultValue = "5", description = "default: ${DEFAULT-VALUE}")
  int longRuns;

  @Option(
      names = "--long-epochs",
      defaultValue = "10000",
      description = "of each long run (default: ${DEFAULT-VALUE})")
  int longEpochs;

  @Option(
      names = "--runs",
      defaultValue = "100000",
      description = "that live at once (default: ${DEFAULT-VALUE})")
  int runs;

  @Override
  public void run() {
    Report report = new Report("live-runs");
    try (TestBed bed = TestBed.start(output.project())) {
      new LiveRunsBenchmark(bed, new LiveRunsBenchmark.Load(longRuns, longEpochs, runs))
          .run(report);
    }
    output.publish(report);
  }
}
