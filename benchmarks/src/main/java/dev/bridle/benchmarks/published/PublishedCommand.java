package dev.bridle.benchmarks.published;

import dev.bridle.benchmarks.report.ReportOption;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code benchmarks/run published-training}. */
@Command(
    name = "published-training",
    description = {
      "MNIST's 60,000 and 10,000 images on 784-1024-1024-10, beside Srivastava et al. 2014:",
      "without regularization, with dropout, and with max-norm too, over paired seeds.",
      "Ended by Ctrl-C and started again, it goes on where it was: what is done stays in the",
      "folder."
    },
    mixinStandardHelpOptions = true)
public final class PublishedCommand implements Runnable {
  @Mixin ReportOption output;

  @Option(names = "--seeds", defaultValue = "5", description = "default: ${DEFAULT-VALUE}")
  int seeds;

  @Option(names = "--epochs", defaultValue = "20", description = "default: ${DEFAULT-VALUE}")
  int epochs;

  @Option(
      names = "--trainers",
      defaultValue = "2",
      description = "side by side, a thread each (default: ${DEFAULT-VALUE})")
  int trainers;

  @Option(
      names = "--folder",
      description = "of data and runs (default: benchmarks/target/published-training)")
  Optional<Path> folder;

  @Override
  public void run() {
    Path work =
        folder
            .orElse(output.project().resolve("benchmarks/target/published-training"))
            .toAbsolutePath();
    Mnist.fetch(work.resolve("data").resolve("mnist"));
    try (PublishedTraining training = new PublishedTraining(output.project(), work, trainers)) {
      output.publish(new Errors(training.of(PlannedRun.all(seeds, epochs))).report());
    }
  }
}
