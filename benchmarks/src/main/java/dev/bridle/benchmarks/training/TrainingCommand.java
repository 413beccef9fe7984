package dev.bridle.benchmarks.training;

import dev.bridle.benchmarks.report.Goal;
import dev.bridle.benchmarks.report.Report;
import dev.bridle.benchmarks.report.ReportOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code benchmarks/run training}. */
@Command(
    name = "training",
    description =
        "An epoch of training, beside PyTorch from Python and DL4J on the same network and threads.",
    mixinStandardHelpOptions = true)
public final class TrainingCommand implements Runnable {
  private static final double GOAL = 0.70;
  private static final String BRIDLE = "Bridle";

  // What each prints of an epoch.
  private static final int STEPS = 0;
  private static final int EPOCH = 1;
  private static final int PROCESSOR = 2;

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

  @Option(names = "--no-dl4j", description = "leaves DL4J out, and its download")
  boolean withoutDl4j;

  @Override
  public void run() {
    Report report = new Report("training");
    for (String network : List.of("mlp", "cnn")) {
      measure(network, report);
    }
    output.publish(report);
  }

  private void measure(String network, Report report) {
    Programs programs = new Programs(output.project(), threads);
    Object[] sizes = {network, rows, epochs, batch, threads};
    Map<String, Supplier<List<double[]>>> peers = new LinkedHashMap<>();
    peers.put("PyTorch", () -> programs.torch(python, with(sizes, "contiguous")));
    if (network.equals("cnn")) {
      peers.put(
          "PyTorch, channels last", () -> programs.torch(python, with(sizes, "channels_last")));
    }
    if (!withoutDl4j) {
      peers.put("DL4J", () -> programs.dl4j(sizes));
    }
    peers.put(BRIDLE, () -> programs.bridle(BridleEpochs.class, List.of(), sizes));
    Map<String, List<double[]>> epochs = inTurns(peers);
    List<double[]> bridle = epochs.remove(BRIDLE);
    tell(report, network, BRIDLE, bridle);
    epochs.forEach(
        (peer, lines) -> {
          tell(report, network, peer, lines);
          compare(report, network, peer, bridle, lines);
        });
  }

  /** All epochs of each but the first of every process. */
  private Map<String, List<double[]>> inTurns(Map<String, Supplier<List<double[]>>> peers) {
    Map<String, List<double[]>> all = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      peers.forEach(
          (name, process) -> {
            List<double[]> lines = process.get();
            if (lines.size() != epochs) {
              throw new IllegalStateException(
                  "%s told of %d epochs of %d".formatted(name, lines.size(), epochs));
            }
            all.computeIfAbsent(name, peer -> new ArrayList<>())
                .addAll(lines.subList(1, lines.size()));
          });
    }
    return all;
  }

  private static void tell(Report report, String network, String who, List<double[]> lines) {
    report
        .told("%s: %s, steps of an epoch".formatted(network, who), Medians.of(lines, STEPS), "s")
        .told(
            "%s: %s, epoch with validation".formatted(network, who), Medians.of(lines, EPOCH), "s");
  }

  private static void compare(
      Report report, String network, String peer, List<double[]> bridle, List<double[]> lines) {
    String name = network + ": beside " + peer;
    report
        .measuredAgainst(
            Goal.atMost(GOAL),
            name + ", steps",
            Medians.of(bridle, STEPS) / Medians.of(lines, STEPS),
            "x")
        .told(
            name + ", epoch with all that each measures",
            Medians.of(bridle, EPOCH) / Medians.of(lines, EPOCH),
            "x")
        .told(
            name + ", the same in processor time",
            Medians.of(bridle, PROCESSOR) / Medians.of(lines, PROCESSOR),
            "x");
  }

  private static Object[] with(Object[] sizes, Object last) {
    Object[] all = Arrays.copyOf(sizes, sizes.length + 1);
    all[sizes.length] = last;
    return all;
  }
}
