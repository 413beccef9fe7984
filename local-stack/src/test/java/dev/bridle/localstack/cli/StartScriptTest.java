package dev.bridle.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script before it comes to Java. */
class StartScriptTest {
  private static final Path SCRIPT = Path.of("..", "bridle").toAbsolutePath().normalize();
  @TempDir Path folder;

  private record Ended(int code, String printed) {}

  @Test
  void aJdkTooOldIsASentence() throws IOException, InterruptedException {
    program("java", "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2");

    Ended ended = run(Map.of("PATH", folder + ":" + System.getenv("PATH")));

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.printed()).contains("JDK 17 or newer", "11.0.2", "JAVA_HOME");
  }

  @Test
  void theOldNumberingIsUnderstood() throws IOException, InterruptedException {
    program("java", "echo 'java version \"1.8.0_402\"' >&2");

    Ended ended = run(Map.of("PATH", folder + ":" + System.getenv("PATH")));

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.printed()).contains("1.8.0_402");
  }

  @Test
  void aJavaHomeWithoutJavaIsASentence() throws IOException, InterruptedException {
    Ended ended = run(Map.of("JAVA_HOME", folder.toString()));

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.printed()).contains("JAVA_HOME is " + folder);
  }

  @Test
  void noJavaAtAllIsASentence() throws IOException, InterruptedException {
    for (String tool : new String[] {"dirname", "readlink", "sed", "head"}) {
      program(tool, "PATH=/usr/bin:/bin; exec " + tool + " \"$@\"");
    }

    Ended ended = run(Map.of("PATH", folder.toString()));

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.printed()).contains("there is no java");
  }

  private void program(String name, String body) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + body + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static Ended run(Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", SCRIPT.toString(), "status").redirectErrorStream(true);
    builder.environment().remove("JAVA_HOME");
    builder.environment().putAll(environment);
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), printed);
  }
}
