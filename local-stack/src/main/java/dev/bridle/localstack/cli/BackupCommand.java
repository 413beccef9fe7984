package dev.bridle.localstack.cli;

import dev.bridle.localstack.backup.Backup;
import dev.bridle.localstack.backup.Contents;
import dev.bridle.localstack.terminal.Terminal;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = {
      "Writes every topic of a Kafka to files, and what its readers have committed.",
      "The services should be stopped meanwhile."
    })
final class BackupCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private KafkaOptions kafka;

  @Parameters(index = "0", paramLabel = "FOLDER", description = "Of the backup.")
  private Path folder;

  BackupCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    Contents contents = new Backup(kafka.client(), folder).take();
    terminal.line(
        "%d records of %d topics are in %s."
            .formatted(contents.records(), contents.topics().size(), folder));
    return 0;
  }
}
