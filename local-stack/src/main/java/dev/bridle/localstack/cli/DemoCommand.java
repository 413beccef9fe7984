package dev.bridle.localstack.cli;

import dev.bridle.localstack.demo.Demo;
import dev.bridle.localstack.stack.Stack;
import dev.bridle.localstack.terminal.Style;
import dev.bridle.localstack.terminal.Terminal;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Shows the closed loop on real data, from training to uncertainty.",
    footer = "It uses the stack that runs, and starts one otherwise, which it ends again.")
final class DemoCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private HomeOption home;
  @Mixin private PortOptions ports;

  @Option(
      names = "--exit",
      description = "End after the table instead of leaving the stack up until Ctrl-C.")
  private boolean exit;

  @Option(
      names = "--stack",
      paramLabel = "WHERE",
      defaultValue = "local",
      description =
          "local: processes of this command; compose: the containers of docker-compose.yml, which"
              + " are up (default: local).")
  private Where where;

  /** Whose services the demo asks. */
  enum Where {
    local,
    compose
  }

  DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (where == Where.compose) {
      show(home.stack(ports.ports()));
      return 0;
    }
    Optional<Stack> running =
        home.startedStack()
            .filter(stack -> stack.running().size() == stack.layout().services().size());
    if (running.isPresent()) {
      terminal.line("Bridle is already running: the demo uses it and leaves it as it is.");
      show(running.get());
      return 0;
    }
    Stack stack =
        home.startedStack()
            .filter(part -> !part.running().isEmpty())
            .orElseGet(() -> home.stack(ports.ports()));
    runOwn(stack);
    return 0;
  }

  private void runOwn(Stack stack) throws InterruptedException {
    try (InterruptGuard guard = InterruptGuard.during(stack, terminal)) {
      new StackStart(terminal).start(stack);
      try {
        show(stack);
        if (!exit) {
          terminal.line(
              "Bridle stays up until you press " + terminal.paint(Style.BOLD, "Ctrl-C") + ".");
          new CountDownLatch(1).await();
        }
      } finally {
        stack.stop();
      }
    }
    terminal.line("Bridle is down; data and logs stay in " + home.home() + ".");
  }

  private void show(Stack stack) throws InterruptedException {
    new Demo(home.project(), stack.layout(), terminal).run();
    terminal.line("");
    terminal.line(
        "The console shows both runs: "
            + terminal.paint(Style.CYAN, stack.layout().service("monitor").address()));
  }
}
