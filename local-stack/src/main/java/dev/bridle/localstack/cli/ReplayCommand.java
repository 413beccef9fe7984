package dev.bridle.localstack.cli;

import dev.bridle.localstack.replay.CurveFile;
import dev.bridle.localstack.replay.PolicyFile;
import dev.bridle.localstack.replay.ReplayReport;
import dev.bridle.localstack.terminal.Terminal;
import dev.bridle.monitor.replay.Replay;
import dev.bridle.monitor.replay.Replayed;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Says where a policy would have stopped runs, from curves in a file. Needs no running stack.",
      "A curve has an epoch a row and a metric a column; NaN and Infinity are numbers.",
      "Indices count from 0."
    })
final class ReplayCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--policy",
      required = true,
      paramLabel = "FILE",
      description = "The policy: {\"combine\": \"any\", \"rules\": [...]}.")
  private Path policy;

  @Option(
      names = "--curve",
      required = true,
      paramLabel = "FILE",
      description = "A .csv or .json file; repeatable.")
  private List<Path> curves;

  @Option(names = "--json", description = "Print a list for programs.")
  private boolean json;

  ReplayCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Replay replay = new Replay(PolicyFile.read(policy));
    List<Replayed> replayed =
        curves.stream().flatMap(file -> CurveFile.read(file).stream()).map(replay::of).toList();
    if (json) {
      terminal.line(ReplayReport.json(replayed));
    } else {
      for (Replayed one : replayed) {
        ReplayReport.lines(one).forEach(terminal::line);
        one.signals().forEach(signal -> terminal.line(ReplayReport.line(signal)));
      }
    }
    return 0;
  }
}
