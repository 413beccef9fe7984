package dev.bridle.localstack.cli;

import dev.bridle.localstack.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the commands, each with the terminal it writes to. */
final class Commands implements IFactory {
  private final Terminal terminal;

  Commands(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    if (type == UpCommand.class) {
      return type.cast(new UpCommand(terminal));
    }
    if (type == DownCommand.class) {
      return type.cast(new DownCommand(terminal));
    }
    if (type == StatusCommand.class) {
      return type.cast(new StatusCommand(terminal));
    }
    if (type == DemoCommand.class) {
      return type.cast(new DemoCommand(terminal));
    }
    if (type == ReplayCommand.class) {
      return type.cast(new ReplayCommand(terminal));
    }
    if (type == TrainCommand.class) {
      return type.cast(new TrainCommand(terminal));
    }
    if (type == EvaluateCommand.class) {
      return type.cast(new EvaluateCommand(terminal));
    }
    if (type == KeyCommand.class) {
      return type.cast(new KeyCommand(terminal));
    }
    if (type == BackupCommand.class) {
      return type.cast(new BackupCommand(terminal));
    }
    if (type == RestoreCommand.class) {
      return type.cast(new RestoreCommand(terminal));
    }
    if (type == BridleVersion.class) {
      return type.cast(new BridleVersion());
    }
    return CommandLine.defaultFactory().create(type);
  }
}
