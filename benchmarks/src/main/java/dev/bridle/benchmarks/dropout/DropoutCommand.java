package dev.bridle.benchmarks.dropout;

import dev.bridle.benchmarks.dropout.DropoutBenchmark.Aim;
import dev.bridle.benchmarks.dropout.DropoutBenchmark.Beside;
import dev.bridle.benchmarks.dropout.DropoutBenchmark.Setup;
import dev.bridle.benchmarks.report.Report;
import dev.bridle.benchmarks.report.ReportOption;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code benchmarks/run mc-dropout}. */
@Command(
    name = "mc-dropout",
    description = "100 sub-networks, beside ONNX Runtime by itself, on one thread.",
    mixinStandardHelpOptions = true)
public final class DropoutCommand implements Runnable {
  private static final double MLP_BEHIND = 2.0 * (512 * 512 + 512 * 10);
  private static final double LAST_BEHIND = 2.0 * 512 * 10;
  private static final double CNN_BEHIND = 2.0 * 32 * 7 * 7 * 10;
  static final long[] PIXELS = {784};
  static final long[] IMAGE = {1, 28, 28};

  @Mixin ReportOption output;

  @Option(names = "--rounds", defaultValue = "15", description = "default: ${DEFAULT-VALUE}")
  int rounds;

  @Option(
      names = "--millis",
      defaultValue = "100",
      description = "of each contender in each round (default: ${DEFAULT-VALUE})")
  int millis;

  @Override
  public void run() {
    Report report = new Report("mc-dropout");
    DropoutBenchmark benchmark = new DropoutBenchmark(report, rounds, millis);
    benchmark.run(
        new Setup(
            "MLP",
            Networks.mlp(),
            PIXELS,
            MLP_BEHIND,
            Beside.PEAK,
            List.of(new Aim(1, 8.0, 2.4), new Aim(32, 2.7, 2.8))));
    benchmark.run(
        new Setup(
            "CNN",
            Networks.cnn(),
            IMAGE,
            CNN_BEHIND,
            Beside.NOTHING,
            List.of(new Aim(1, 16, 11), new Aim(32, 17, 18))));
    benchmark.run(
        new Setup(
            "MLP, last layer",
            Networks.mlpWithLastLayerDropout(),
            PIXELS,
            LAST_BEHIND,
            Beside.PLAIN,
            List.of(new Aim(1, 8.0, 2.4), new Aim(32, 2.7, 2.8))));
    output.publish(report);
  }
}
