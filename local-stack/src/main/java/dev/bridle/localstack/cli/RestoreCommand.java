package dev.bridle.localstack.cli;

import dev.bridle.localstack.backup.Contents;
import dev.bridle.localstack.backup.Restore;
import dev.bridle.localstack.terminal.Terminal;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a backup into a Kafka whose topics hold nothing.",
      "Start the services after it."
    })
final class RestoreCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private KafkaOptions kafka;

  @Parameters(index = "0", paramLabel = "FOLDER", description = "Of the backup.")
  private Path folder;

  RestoreCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    Contents contents = new Restore(kafka.client(), folder).run();
    terminal.line(
        "%d records of %d topics are back from %s."
            .formatted(contents.records(), contents.topics().size(), folder));
    return 0;
  }
}
