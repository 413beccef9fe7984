package dev.bridle.localstack.cli;

import dev.bridle.localstack.stack.Stack;
import dev.bridle.localstack.stack.StackPorts;
import dev.bridle.localstack.terminal.Style;
import dev.bridle.localstack.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Ends what runs, the services first, then Kafka. Data and logs stay.")
final class DownCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private HomeOption home;

  DownCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Stack stack = home.startedStack().orElseGet(() -> home.stack(StackPorts.ANY));
    terminal.block(List.of(terminal.paint(Style.DIM, "  ending ...")));
    List<String> ended = stack.stop();
    terminal.erase();
    terminal.line(
        ended.isEmpty()
            ? "Nothing was running."
            : "Ended " + String.join(", ", ended) + ". Data and logs stay in " + home.home() + ".");
    return 0;
  }
}
