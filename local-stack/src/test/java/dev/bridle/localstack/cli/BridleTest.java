package dev.bridle.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.localstack.terminal.Terminal;
import dev.bridle.localstack.terminal.TerminalMode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BridleTest {
  @TempDir Path home;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void downWithoutUpSaysSoAndIsFine() {
    assertThat(run("down")).isZero();
    assertThat(printed()).contains("Nothing was running");
  }

  @Test
  void statusWithoutUpSaysWhatToDo() {
    assertThat(run("status")).isEqualTo(1);
    assertThat(printed()).contains("./bridle up");
  }

  @Test
  void aPortThatIsNoneIsASentence() {
    assertThat(run("up", "--monitor-port", "70000")).isEqualTo(1);
    assertThat(printed()).contains("monitor-port").contains("70000").doesNotContain("\tat ");
  }

  @Test
  void anUnknownOptionIsASentence() {
    assertThat(run("up", "--port", "1")).isEqualTo(1);
    assertThat(printed()).contains("--port").contains("--help").doesNotContain("\tat ");
  }

  @Test
  void uptimeReadsLikeAClock() {
    assertThat(StatusTable.text(Duration.ofSeconds(75))).isEqualTo("1:15");
    assertThat(StatusTable.text(Duration.ofSeconds(3675))).isEqualTo("1:01:15");
  }

  private int run(String command, String... options) {
    String[] arguments = new String[options.length + 3];
    arguments[0] = command;
    arguments[1] = "--home";
    arguments[2] = home.toString();
    System.arraycopy(options, 0, arguments, 3, options.length);
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return Bridle.commandLine(new Terminal(out, TerminalMode.PLAIN)).execute(arguments);
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
