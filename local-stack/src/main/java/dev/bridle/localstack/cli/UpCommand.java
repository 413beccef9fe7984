package dev.bridle.localstack.cli;

import dev.bridle.localstack.stack.Stack;
import dev.bridle.localstack.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Starts Kafka, trainer, monitor and inference; they run on after it returns.")
final class UpCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private HomeOption home;
  @Mixin private PortOptions ports;

  UpCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Stack stack = home.startedStack().filter(UpCommand::runs).orElseGet(this::newStack);
    try (InterruptGuard guard = InterruptGuard.during(stack)) {
      new StackStart(terminal).start(stack);
    }
    new StatusTable(terminal).print(stack.status());
    terminal.line("");
    terminal.line("Console: " + stack.layout().service("monitor").address());
    terminal.line("Next:    ./bridle demo, ./bridle status, ./bridle down");
    return 0;
  }

  private Stack newStack() {
    return home.stack(ports.ports());
  }

  private static boolean runs(Stack stack) {
    return !stack.running().isEmpty();
  }
}
