package dev.bridle.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first command, as a user runs it. */
class DemoIT {
  @TempDir Path folder;

  @Test
  void endsWithTheTableAndLeavesNoProcessBehind() throws Exception {
    Path output = folder.resolve("output.txt");
    Path home = folder.resolve("home");
    Process demo =
        new ProcessBuilder(
                LiveStack.PROJECT.resolve("bridle").toString(),
                "demo",
                "--exit",
                "--home",
                home.toString(),
                "--kafka-port",
                "0",
                "--monitor-port",
                "0",
                "--trainer-port",
                "0",
                "--inference-port",
                "0")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();

    assertThat(demo.waitFor(5, TimeUnit.MINUTES)).as("done within 5 minutes").isTrue();

    String printed = Files.readString(output);
    assertThat(demo.exitValue()).as(printed).isZero();
    assertThat(printed)
        .contains("digits-plain", "digits-dropout", "accuracy", "NLL", "ECE", "entropy");
    assertThat(ProcessHandle.allProcesses().filter(process -> mentions(process, home)))
        .as("processes left behind")
        .isEmpty();
  }

  private static boolean mentions(ProcessHandle process, Path home) {
    return process.info().commandLine().orElse("").contains(home.toString());
  }

  @Test
  void saysWhatToDoWhenTheJdkIsTooOld() throws IOException, InterruptedException {
    Path bin = Files.createDirectory(folder.resolve("bin"));
    Path java = bin.resolve("java");
    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    ProcessBuilder builder =
        new ProcessBuilder(LiveStack.PROJECT.resolve("bridle").toString(), "status")
            .redirectErrorStream(true);
    builder.environment().remove("JAVA_HOME");
    builder.environment().merge("PATH", bin.toString(), (path, first) -> first + ":" + path);

    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes());

    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(printed).contains("17").contains("11").contains("JAVA_HOME");
  }
}
