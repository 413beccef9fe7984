package dev.bridle.localstack.cli;

import dev.bridle.localstack.stack.BridleServices;
import dev.bridle.localstack.stack.Stack;
import dev.bridle.localstack.stack.StackPorts;
import dev.bridle.localstack.stack.StackRecord;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which stack a command speaks of: each home folder has its own. */
final class HomeOption {
  @Option(
      names = "--home",
      paramLabel = "DIR",
      defaultValue = "${env:BRIDLE_HOME}",
      description = "Folder of data, logs and pid files (default: .bridle beside the script).")
  private Path home;

  /** The repository's top folder; the start script knows it. */
  Path project() {
    return Path.of(System.getProperty("bridle.project", "")).toAbsolutePath();
  }

  Path home() {
    return Optional.ofNullable(home)
        .map(Path::toAbsolutePath)
        .orElseGet(() -> project().resolve(".bridle"));
  }

  /** The stack that was started last and not ended since, whether it still runs or not. */
  Optional<Stack> startedStack() {
    return StackRecord.ports(home()).map(this::stack);
  }

  Stack stack(StackPorts ports) {
    return new Stack(BridleServices.layout(project(), home(), ports), Clock.systemUTC());
  }
}
