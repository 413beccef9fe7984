package dev.bridle.benchmarks.training;

import dev.bridle.benchmarks.report.Goal;
import dev.bridle.benchmarks.report.Report;
import dev.bridle.benchmarks.report.ReportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code benchmarks/run training-overhead}. */
@Command(
    name = "training-overhead",
    description =
        "What measuring, streaming and checkpoints cost a run, beside the bare loop: the same steps"
            + " and the validation loss, an epoch of each in turns.",
    mixinStandardHelpOptions = true)
public final class OverheadCommand implements Runnable {
  private static final double GOAL = 1.03;

  @Mixin ReportOption output;

  @Option(
      names = "--images",
      defaultValue = "60000",
      description = "of which 0.8 train and 0.16 validate (default: ${DEFAULT-VALUE})")
  int images;

  @Option(names = "--batch", defaultValue = "64", description = "default: ${DEFAULT-VALUE}")
  int batch;

  @Option(
      names = "--pairs",
      defaultValue = "9",
      description = "of epochs in each; the first doesn't count (default: ${DEFAULT-VALUE})")
  int pairs;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "processes of a network (default: ${DEFAULT-VALUE})")
  int rounds;

  @Option(names = "--threads", defaultValue = "1", description = "default: ${DEFAULT-VALUE}")
  int threads;

  @Option(
      names = "--networks",
      split = ",",
      defaultValue = "mlp,cnn",
      description = "default: ${DEFAULT-VALUE}")
  List<String> networks;

  @Override
  public void run() {
    Report report = new Report("training-overhead");
    for (String network : networks) {
      List<double[]> lines = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        lines.addAll(measured(network));
      }
      report
          .told(network + ": epoch of a run, everything on", Medians.of(lines, 0), "s")
          .told(network + ": epoch of the bare loop", Medians.of(lines, 1), "s");
      compare(report, network + ": by the clock, median of pairs", lines, 0);
      compare(report, network + ": in processor time, median of pairs", lines, 2);
    }
    output.publish(report);
  }

  private static void compare(Report report, String name, List<double[]> lines, int at) {
    List<Double> ratios = lines.stream().map(line -> line[at] / line[at + 1]).toList();
    report
        .measuredAgainst(Goal.atMost(GOAL), name, Medians.of(ratios), "x")
        .told(name + ", least", ratios.stream().min(Double::compare).orElseThrow(), "x")
        .told(name + ", most", ratios.stream().max(Double::compare).orElseThrow(), "x");
  }

  private List<double[]> measured(String network) {
    try {
      Path folder = Files.createTempDirectory("bridle-overhead-");
      try {
        List<double[]> lines =
            new Programs(output.project(), threads)
                .bridle(
                    PricedEpochs.class,
                    List.of("-Xmx3g"),
                    network,
                    images,
                    pairs,
                    batch,
                    threads,
                    folder);
        if (lines.size() != pairs - 1) {
          throw new IllegalStateException("there are %d pairs".formatted(lines.size()));
        }
        return lines;
      } finally {
        try (Stream<Path> files = Files.walk(folder)) {
          files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
