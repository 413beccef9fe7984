package dev.bridle.localstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bridle.localstack.evaluate.LabeledRows;
import dev.bridle.localstack.evaluate.ModelQuestion;
import dev.bridle.localstack.evaluate.ScoresReport;
import dev.bridle.localstack.stack.Stack;
import dev.bridle.localstack.terminal.Terminal;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Says how good a served model is on a file of rows, plainly and with MC-dropout.",
      "A row's columns are the model's input in its order, and the target: a number, or a class",
      "by its number from 0."
    })
final class EvaluateCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private HomeOption home;

  @Parameters(paramLabel = "MODEL", description = "The name that the model is served as.")
  private String model;

  @Option(names = "--data", required = true, paramLabel = "FILE", description = "A CSV file.")
  private Path data;

  @Option(
      names = "--target",
      defaultValue = "label",
      description = "The column of the truth (default: label).")
  private String target;

  @Option(
      names = "--out-of-distribution",
      paramLabel = "FILE",
      description = "A CSV file of rows that the model should not know.")
  private Path unknown;

  @Option(names = "--samples", defaultValue = "100", description = "Sub-networks (default: 100).")
  private int samples;

  @Option(names = "--seed", defaultValue = "0", description = "Of the sub-networks (default: 0).")
  private long seed;

  @Option(
      names = "--inference",
      paramLabel = "URL",
      description = "The inference service (default: the running stack's).")
  private URI inference;

  @Option(names = "--json", description = "Print the service's answer for programs.")
  private boolean json;

  EvaluateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    LabeledRows rows = LabeledRows.read(data, target);
    if (rows.labels().isEmpty()) {
      throw new IllegalArgumentException(
          "--target should be a column of %s: was '%s'".formatted(data, target));
    }
    JsonNode answer =
        new ModelQuestion(
                model,
                rows,
                Optional.ofNullable(unknown).map(file -> LabeledRows.read(file, target)),
                samples,
                seed)
            .ask(address());
    if (json) {
      terminal.line(answer.toString());
    } else {
      ScoresReport.lines(answer).forEach(terminal::line);
    }
    return 0;
  }

  private URI address() {
    return Optional.ofNullable(inference)
        .or(() -> home.startedStack().map(Stack::layout).map(layout -> layout.inference()))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Bridle isn't running here: './bridle up' starts it, --inference names another."));
  }
}
