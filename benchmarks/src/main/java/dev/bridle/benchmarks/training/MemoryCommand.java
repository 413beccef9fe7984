package dev.bridle.benchmarks.training;

import dev.bridle.benchmarks.bed.Await;
import dev.bridle.benchmarks.bed.Service;
import dev.bridle.benchmarks.bed.TestBed;
import dev.bridle.benchmarks.bed.TrainerRuns;
import dev.bridle.benchmarks.report.Report;
import dev.bridle.benchmarks.report.ReportOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code benchmarks/run training-memory}. */
@Command(
    name = "training-memory",
    description =
        "The memory of a trainer's process, native and heap, over the epochs of a small run.",
    mixinStandardHelpOptions = true)
public final class MemoryCommand implements Runnable {
  private static final double MIB = 1 << 20;
  private static final Duration LIMIT = Duration.ofHours(1);

  @Mixin ReportOption output;

  @Option(names = "--epochs", defaultValue = "1000", description = "default: ${DEFAULT-VALUE}")
  int epochs;

  @Option(
      names = "--samples",
      defaultValue = "20",
      description = "behind the first tenth of the epochs (default: ${DEFAULT-VALUE})")
  int samples;

  private record Sample(int epoch, double resident, double heap, double arrays) {}

  @Override
  public void run() {
    List<Sample> taken = new ArrayList<>();
    try (TestBed bed = TestBed.start(output.project())) {
      Service trainer =
          bed.service(
              "trainer-service",
              "trainer",
              List.of(
                  "-Xms512m",
                  "-Xmx512m",
                  // The whole heap is resident from the start: what grows is not its size.
                  "-XX:+AlwaysPreTouch",
                  "-Dbridle.trainer.datasets-dir=" + output.project().resolve("examples/data"),
                  "-Dbridle.trainer.work-dir=" + bed.folder().resolve("trainer-work")));
      TrainerRuns runs = new TrainerRuns(trainer);
      TrainerMemory memory = new TrainerMemory(trainer.process());
      String run = runs.submitted("memory", spec());
      for (int i = 0; i <= samples; i++) {
        int due = epochs / 10 + (epochs - epochs / 10) * i / (samples + 1);
        taken.add(sample(runs, run, due, memory));
      }
    }
    Report report = new Report("training-memory");
    for (Sample sample : List.of(taken.get(0), taken.get(taken.size() / 2), last(taken))) {
      String at = "epoch %d: ".formatted(sample.epoch());
      report
          .told(at + "resident memory", sample.resident(), "MiB")
          .told(at + "heap in use after a collection", sample.heap(), "MiB")
          .told(at + "native arrays", sample.arrays(), "");
    }
    slope(report, "resident memory", "MiB", taken, Sample::resident);
    slope(report, "heap in use after a collection", "MiB", taken, Sample::heap);
    slope(report, "native arrays", "", taken, Sample::arrays);
    output.publish(report);
  }

  private static void slope(
      Report report,
      String what,
      String unit,
      List<Sample> samples,
      ToDoubleFunction<Sample> value) {
    Slope slope =
        Slope.of(
            samples.stream()
                .map(sample -> new double[] {sample.epoch() / 1000.0, value.applyAsDouble(sample)})
                .toList());
    report
        .told(what + ", growth in 1,000 epochs", slope.perUnit(), unit)
        .told(what + ", half of its interval of 95 %", slope.halfInterval(), unit);
  }

  private static Sample last(List<Sample> samples) {
    return samples.get(samples.size() - 1);
  }

  private static Sample sample(TrainerRuns runs, String run, int epoch, TrainerMemory memory) {
    Await.until("epoch " + epoch, LIMIT, () -> epochOf(runs, run) >= epoch);
    int reached = epochOf(runs, run);
    TrainerMemory.Live live = memory.live();
    return new Sample(reached, memory.resident() / MIB, live.heap() / MIB, live.arrays());
  }

  private static int epochOf(TrainerRuns runs, String run) {
    return runs.now(run).path("lastEpoch").asInt();
  }

  private String spec() {
    return """
        {"name": "memory", "data": {"uri": "digits.csv", "image": {"height": 8, "width": 8},
           "split": {"training": 0.2, "validation": 0.2, "test": 0.2}},
         "model": {"kind": "cnn", "blocks": [{"channels": 8}], "hidden": [32], "dropout": 0.5},
         "training": {"epochs": %d, "batchSize": 32},
         "regularization": [{"technique": "inputNoise"}, {"technique": "rotation"},
           {"technique": "weightNoise"}, {"technique": "gradientClipping"}, {"technique": "l1"}]}
        """
        .formatted(epochs);
  }
}
