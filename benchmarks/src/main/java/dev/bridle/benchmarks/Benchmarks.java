package dev.bridle.benchmarks;

import dev.bridle.benchmarks.console.ConsoleCommand;
import dev.bridle.benchmarks.dropout.DropoutCommand;
import dev.bridle.benchmarks.dropout.MethodsCommand;
import dev.bridle.benchmarks.dropout.PythonCommand;
import dev.bridle.benchmarks.latency.LatencyCommand;
import dev.bridle.benchmarks.liveruns.LiveRunsCommand;
import dev.bridle.benchmarks.published.PublishedCommand;
import dev.bridle.benchmarks.rules.RulesCommand;
import dev.bridle.benchmarks.serving.ServingCommand;
import dev.bridle.benchmarks.throughput.ThroughputCommand;
import dev.bridle.benchmarks.training.MemoryCommand;
import dev.bridle.benchmarks.training.OverheadCommand;
import dev.bridle.benchmarks.training.TrainingCommand;
import dev.bridle.benchmarks.uci.UciCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * {@code benchmarks/run NAME}. Exit code 0 whether the goals are met or not; anything else means
 * that nothing was measured.
 */
@Command(
    name = "benchmarks/run",
    description = "Measures what Bridle promises, beside what the machine can do.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "NAME",
    subcommands = {
      LatencyCommand.class,
      ThroughputCommand.class,
      LiveRunsCommand.class,
      RulesCommand.class,
      DropoutCommand.class,
      MethodsCommand.class,
      PythonCommand.class,
      ServingCommand.class,
      ConsoleCommand.class,
      TrainingCommand.class,
      OverheadCommand.class,
      MemoryCommand.class,
      PublishedCommand.class,
      UciCommand.class
    })
public final class Benchmarks {
  private Benchmarks() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Benchmarks()).execute(arguments));
  }
}
