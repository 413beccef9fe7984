package dev.bridle.localstack.cli;

import dev.bridle.localstack.stack.ServiceStatus;
import dev.bridle.localstack.stack.ServiceStatus.Health;
import dev.bridle.localstack.stack.Stack;
import dev.bridle.localstack.terminal.Terminal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Tells what runs where. Exit code 0 if all is ready, 1 otherwise.")
final class StatusCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private HomeOption home;

  StatusCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Optional<Stack> stack = home.startedStack();
    if (stack.isEmpty()) {
      terminal.line("Nothing is running: './bridle up' starts Kafka and the services.");
      return Bridle.FAILED;
    }
    List<ServiceStatus> services = stack.get().status();
    new StatusTable(terminal).print(services);
    boolean allReady = services.stream().allMatch(service -> service.health() == Health.READY);
    return allReady ? 0 : Bridle.FAILED;
  }
}
