package dev.bridle.benchmarks.throughput;

import dev.bridle.benchmarks.bed.TestBed;
import dev.bridle.benchmarks.report.Report;
import dev.bridle.benchmarks.report.ReportOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code benchmarks/run throughput}. */
@Command(
    name = "throughput",
    description =
        "Epochs judged a second by five rules each, beside a bare transactional loop"
            + " and bare topologies.",
    mixinStandardHelpOptions = true)
public final class ThroughputCommand implements Runnable {
  @Mixin ReportOption output;

  @Option(names = "--runs", defaultValue = "500", description = "default: ${DEFAULT-VALUE}")
  int runs;

  @Option(
      names = "--epochs",
      defaultValue = "3000",
      description = "of each run (default: ${DEFAULT-VALUE})")
  int epochs;

  @Option(
      names = "--commit-millis",
      defaultValue = "100",
      description = "commit interval of all (default: ${DEFAULT-VALUE}, the monitor's own)")
  int commitMillis;

  @Option(
      names = "--monitor",
      paramLabel = "KEY=VALUE",
      description =
          "a setting of the monitor other than its own, and of the bare topologies if it is one of"
              + " Kafka Streams; may be repeated")
  Map<String, String> settings = Map.of();

  @Option(names = "--recording", description = "file for a flight recording of the monitor")
  Optional<Path> recording;

  @Override
  public void run() {
    Report report = new Report("throughput");
    try (TestBed bed = TestBed.start(output.project())) {
      new ThroughputBenchmark(
              bed,
              new ThroughputBenchmark.Load(
                  runs, epochs, commitMillis, settings, recording.map(Path::toAbsolutePath)))
          .run(report);
    }
    output.publish(report);
  }
}
