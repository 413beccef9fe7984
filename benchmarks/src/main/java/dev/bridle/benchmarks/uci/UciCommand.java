package dev.bridle.benchmarks.uci;

import dev.bridle.benchmarks.report.ReportOption;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code benchmarks/run uci}. */
@Command(
    name = "uci",
    description = {
      "MC-dropout's regression on concrete and Boston after Gal and Ghahramani 2016, over twenty",
      "splits, trained and served: RMSE and log-likelihood beside the published ones.",
      "Stopped and started again, it goes on where it was: what was found stays in the folder."
    },
    mixinStandardHelpOptions = true)
public final class UciCommand implements Runnable {
  @Mixin ReportOption output;

  @Option(names = "--splits", defaultValue = "20", description = "default: ${DEFAULT-VALUE}")
  int splits;

  @Option(names = "--folder", description = "of data and findings (default: benchmarks/target/uci)")
  Optional<Path> folder;

  @Override
  public void run() {
    Path work = folder.orElse(output.project().resolve("benchmarks/target/uci")).toAbsolutePath();
    output.publish(new UciBenchmark(output.project(), work, splits).run());
  }
}
