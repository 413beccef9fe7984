package dev.bridle.benchmarks.latency;

import dev.bridle.benchmarks.report.Report;
import dev.bridle.benchmarks.report.ReportOption;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code benchmarks/run latency}. */
@Command(
    name = "latency",
    description = "From a metric's append to its signal's visibility, beside a bare round trip.",
    mixinStandardHelpOptions = true)
public final class LatencyCommand implements Runnable {
  @Mixin ReportOption output;

  @Option(
      names = "--modes",
      split = ",",
      defaultValue = "exactly-once@100,at-least-once@100",
      description = "the monitor's guarantee@commit interval in ms (default: ${DEFAULT-VALUE})")
  List<String> modes;

  @Option(names = "--trips", defaultValue = "500", description = "measured ones in each mode")
  int trips;

  @Option(names = "--warm-up", defaultValue = "200", description = "trips before those")
  int warmUp;

  @Override
  public void run() {
    Report report = new Report("latency");
    LatencyBenchmark.run(
        output.project(), modes.stream().map(Mode::parse).toList(), trips, warmUp, report);
    output.publish(report);
  }
}
