package dev.bridle.localstack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetachedProcessTest {
  @TempDir Path folder;
  private DetachedProcess process;

  @AfterEach
  void leaveNoProcessBehind() {
    if (process != null) {
      process.kill();
    }
  }

  @Test
  void endsPolitelyWhenAsked() {
    process = java("serve", "0");
    process.start();
    awaitLog("serving");

    Ending.of(List.of(process), Duration.ofSeconds(20));

    assertThat(process.isRunning()).isFalse();
  }

  @Test
  void isEndedByForceIfItClings() {
    process = java("cling");
    process.start();
    awaitLog("clinging");

    Ending.of(List.of(process), Duration.ofMillis(300));

    assertThat(process.isRunning()).isFalse();
  }

  @Test
  void theLogOfTheLastStartIsKept() {
    process = java("die");
    process.start();
    awaitLog("the disk is full");
    await().until(() -> !process.isRunning());

    process.start();

    assertThat(LogTail.of(folder.resolve("stand-in.log.previous"), 5)).contains("the disk is full");
  }

  @Test
  void saysWhichProgramIsMissing() {
    DetachedProcess missing =
        new DetachedProcess(
            new ProcessSpec(
                "ghost", List.of("/no/such/program"), folder, folder.resolve("x/g.log")),
            Path.of("/dev/null/ghost.pid"));

    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(missing::start)
        .withMessageContaining("ghost");
  }

  private void awaitLog(String text) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> LogTail.of(folder.resolve("stand-in.log"), 50).toString().contains(text));
  }

  private DetachedProcess java(String... arguments) {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.bridle.localstack.stack.StandIn"));
    command.addAll(List.of(arguments));
    return new DetachedProcess(
        new ProcessSpec("stand-in", command, folder, folder.resolve("stand-in.log")),
        folder.resolve("stand-in.pid"));
  }
}
