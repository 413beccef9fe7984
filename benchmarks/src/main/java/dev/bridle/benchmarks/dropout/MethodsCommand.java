package dev.bridle.benchmarks.dropout;

import dev.bridle.benchmarks.report.Report;
import dev.bridle.benchmarks.report.ReportOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code benchmarks/run mc-methods}. */
@Command(
    name = "mc-methods",
    description = "Bias and error of every way to draw, beside 100,000 independent samples.",
    mixinStandardHelpOptions = true)
public final class MethodsCommand implements Runnable {
  private static final int ROWS = 8;

  @Mixin ReportOption output;

  @Option(names = "--samples", defaultValue = "100", description = "default: ${DEFAULT-VALUE}")
  int samples;

  @Option(
      names = "--seeds",
      defaultValue = "200",
      description = "answers of each method (default: ${DEFAULT-VALUE})")
  int seeds;

  @Option(names = "--rounds", defaultValue = "15", description = "default: ${DEFAULT-VALUE}")
  int rounds;

  @Override
  public void run() {
    Report report = new Report("mc-methods");
    MethodsBenchmark benchmark = new MethodsBenchmark(report, samples, seeds, rounds);
    benchmark.run("MLP", Networks.mlp(), DropoutCommand.PIXELS, ROWS);
    benchmark.run("CNN", Networks.cnn(), DropoutCommand.IMAGE, ROWS);
    benchmark.run(
        "MLP, last layer", Networks.mlpWithLastLayerDropout(), DropoutCommand.PIXELS, ROWS);
    output.publish(report);
  }
}
