package dev.bridle.localstack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {
  @TempDir Path folder;

  @Test
  void findsTheProcessAgain() {
    PidFile file = new PidFile(folder.resolve("run").resolve("self.pid"));

    file.write(ProcessHandle.current());

    assertThat(file.process()).contains(ProcessHandle.current());
  }

  @Test
  void aPidThatWasGivenToAnotherProcessSinceIsNotTakenForIt() throws IOException {
    Path path = folder.resolve("reused.pid");
    Instant earlier = ProcessHandle.current().info().startInstant().orElseThrow().minusSeconds(60);
    Files.writeString(path, ProcessHandle.current().pid() + "\n" + earlier + "\n");

    assertThat(new PidFile(path).process()).isEmpty();
  }

  @Test
  void aFileThatIsMissingOrBrokenMeansNoProcess() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.pid"), "12");

    assertThat(new PidFile(broken).process()).isEmpty();
    assertThat(new PidFile(folder.resolve("missing.pid")).process()).isEmpty();
  }
}
