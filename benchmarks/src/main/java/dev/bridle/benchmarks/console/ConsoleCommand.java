package dev.bridle.benchmarks.console;

import dev.bridle.benchmarks.bed.Monitor;
import dev.bridle.benchmarks.bed.TestBed;
import dev.bridle.benchmarks.report.Report;
import dev.bridle.benchmarks.report.ReportOption;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code benchmarks/run console}. */
@Command(
    name = "console",
    description = "How smooth the console is in Chromium: many live runs, and a very long one.",
    mixinStandardHelpOptions = true)
public final class ConsoleCommand implements Runnable {
  @Mixin ReportOption output;

  @Option(names = "--runs", defaultValue = "1000", description = "default: ${DEFAULT-VALUE}")
  int runs;

  @Option(
      names = "--epochs",
      defaultValue = "10000",
      description = "of the long run (default: ${DEFAULT-VALUE})")
  int epochs;

  @Option(
      names = "--seconds",
      defaultValue = "10",
      description = "that each scene is watched for (default: ${DEFAULT-VALUE})")
  int seconds;

  @Override
  public void run() {
    Report report = new Report("console");
    try (TestBed bed = TestBed.start(output.project());
        Monitor monitor = bed.monitor(List.of("-Xmx512m"));
        LiveLoad load = new LiveLoad(bed.clients(), runs);
        Chromium chromium = Chromium.start()) {
      new ConsoleBenchmark(monitor, load, chromium, seconds).run(runs, epochs, report);
    }
    output.publish(report);
  }
}
