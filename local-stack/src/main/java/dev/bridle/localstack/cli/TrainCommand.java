package dev.bridle.localstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bridle.localstack.follow.FinishedRun;
import dev.bridle.localstack.follow.RunFollower;
import dev.bridle.localstack.follow.RunReport;
import dev.bridle.localstack.service.JsonClient;
import dev.bridle.localstack.stack.Stack;
import dev.bridle.localstack.stack.StackLayout;
import dev.bridle.localstack.terminal.Terminal;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = {
      "Submits a run, follows it with its progress and remaining time, and tells how it ended.",
      "The exit code is 0 only if it succeeded. Ctrl-C leaves it training."
    })
final class TrainCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private HomeOption home;

  @Parameters(paramLabel = "SPEC.json", description = "What to train: see examples/specs.")
  private Path spec;

  @Option(names = "--detach", description = "Print the run's id and leave it.")
  private boolean detach;

  @Option(
      names = "--trainer",
      paramLabel = "URL",
      description = "The trainer (default: the running stack's).")
  private URI trainer;

  @Option(
      names = "--monitor",
      paramLabel = "URL",
      description = "The monitor, which tells curves and alerts (default: the running stack's).")
  private URI monitor;

  TrainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    String text = read();
    JsonClient trainers =
        new JsonClient("trainer", address("--trainer", trainer, StackLayout::trainer));
    URI watcher = address("--monitor", monitor, StackLayout::monitor);
    JsonNode submitted = trainers.send("/v1/runs", text);
    String run = submitted.path("run").asText();
    if (detach) {
      terminal.line(run);
      return 0;
    }
    terminal.line("Run " + run + ", which goes on after Ctrl-C; to be seen at " + watcher);
    terminal.line("");
    FinishedRun finished =
        new RunFollower(trainers, new JsonClient("monitor", watcher), terminal).follow(run);
    RunReport.lines(finished.snapshot()).forEach(terminal::line);
    return finished.snapshot().isSucceeded() ? 0 : Bridle.FAILED;
  }

  private String read() {
    try {
      return Files.readString(spec);
    } catch (IOException e) {
      throw new IllegalArgumentException("SPEC.json should be a file: was '%s'".formatted(spec), e);
    }
  }

  private URI address(String option, URI given, Function<StackLayout, URI> own) {
    return Optional.ofNullable(given)
        .or(() -> home.startedStack().map(Stack::layout).map(own))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Bridle isn't running here: './bridle up' starts it, %s names another."
                        .formatted(option)));
  }
}
