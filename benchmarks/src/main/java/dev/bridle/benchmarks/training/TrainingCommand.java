package dev.bridle.benchmarks.training;

import dev.bridle.benchmarks.bed.Seconds;
import dev.bridle.benchmarks.report.Goal;
import dev.bridle.benchmarks.report.Report;
import dev.bridle.benchmarks.report.ReportOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code benchmarks/run training}. */
@Command(
    name = "training",
    description =
        "An epoch of training, beside PyTorch from Python on the same network and threads.",
    mixinStandardHelpOptions = true)
public final class TrainingCommand implements Runnable {
  private static final double GOAL = 0.70;

  @Mixin ReportOption output;

  @Option(names = "--rows", defaultValue = "5000", description = "default: ${DEFAULT-VALUE}")
  int rows;

  @Option(names = "--batch", defaultValue = "64", description = "default: ${DEFAULT-VALUE}")
  int batch;

  @Option(
      names = "--epochs",
      defaultValue = "6",
      description = "of each process; the first doesn't count (default: ${DEFAULT-VALUE})")
  int epochs;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "processes of each kind, in turns (default: ${DEFAULT-VALUE})")
  int rounds;

  @Option(names = "--threads", defaultValue = "1", description = "default: ${DEFAULT-VALUE}")
  int threads;

  @Option(
      names = "--python",
      defaultValue = "/usr/bin/python3",
      description =
          "that imports torch: Debian's python3-torch, with libopenblas0-pthread, without which"
              + " it is five times slower (default: ${DEFAULT-VALUE})")
  String python;

  @Override
  public void run() {
    Report report = new Report("training");
    for (String network : List.of("mlp", "cnn")) {
      List<Double> torch = new ArrayList<>();
      List<Double> steps = new ArrayList<>();
      List<Double> whole = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        lines(torchCommand(network)).forEach(line -> torch.add(number(line, 0)));
        for (String line : lines(bridleCommand(network))) {
          steps.add(number(line, 0));
          whole.add(number(line, 1));
        }
      }
      report
          .told(network + ": PyTorch, steps of an epoch", median(torch), "s")
          .told(network + ": Bridle, steps of an epoch", median(steps), "s")
          .told(network + ": Bridle, the whole epoch, measurements included", median(whole), "s")
          .measuredAgainst(
              Goal.atMost(GOAL),
              network + ": Bridle's steps beside PyTorch's",
              median(steps) / median(torch),
              "x");
    }
    output.publish(report);
  }

  private List<String> torchCommand(String network) {
    return withSizes(
        List.of(python, output.project().resolve("benchmarks/peers/torch_training.py").toString()),
        network);
  }

  private List<String> bridleCommand(String network) {
    String service = output.project().resolve("trainer-service/target/quarkus-app").toString();
    String path =
        String.join(
            ":",
            output.project().resolve("benchmarks/target/benchmarks.jar").toString(),
            service + "/app/*",
            service + "/lib/main/*",
            service + "/lib/boot/*");
    return withSizes(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            path,
            BridleEpochs.class.getName()),
        network);
  }

  private List<String> withSizes(List<String> command, String network) {
    List<String> all = new ArrayList<>(command);
    all.addAll(Arrays.asList(network, "" + rows, "" + epochs, "" + batch, "" + threads));
    return all;
  }

  private List<String> lines(List<String> command) {
    return Seconds.printed(command, threads, epochs);
  }

  private static double number(String line, int at) {
    return Double.parseDouble(line.split(" ")[at]);
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
