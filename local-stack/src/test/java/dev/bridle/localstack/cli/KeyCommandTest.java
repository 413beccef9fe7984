package dev.bridle.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.guard.Role;
import dev.bridle.localstack.terminal.Terminal;
import dev.bridle.localstack.terminal.TerminalMode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyCommandTest {
  @TempDir Path folder;

  @Test
  void showsAKeyAndTheLineWithItsHash() throws Exception {
    List<String> lines = printed(0, "ci", "submitter,viewer");
    String key = lines.get(3);
    assertThat(key).matches("bridle_[0-9a-f]{64}");
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes());
    assertThat(lines.get(1)).isEqualTo("ci submitter,viewer " + HexFormat.of().formatHex(hash));
    assertThat(printed(0, "ci", "viewer").get(3)).isNotEqualTo(key);
  }

  @Test
  void addsTheLineToTheFileAndTheKeyNowhere() throws Exception {
    Path file = folder.resolve("keys");
    Files.writeString(file, "grafana viewer " + "0".repeat(64) + "\n");
    List<String> lines = printed(0, "ci", "operator", "--file", file.toString());
    String key = lines.get(lines.size() - 1);
    assertThat(Files.readAllLines(file)).hasSize(2).last().asString().startsWith("ci operator ");
    assertThat(Files.readString(file)).doesNotContain(key);
  }

  @Test
  void refusesWhatAServiceWouldRefuse() throws Exception {
    Path file = folder.resolve("keys");
    printed(0, "ci", "viewer", "--file", file.toString());
    assertThat(printed(1, "ci", "viewer", "--file", file.toString()).get(0))
        .isEqualTo("NAME should stand once in %s: 'ci' is there already".formatted(file));
    assertThat(printed(1, "-", "viewer").get(0)).contains("NAME should be 1 to 64 letters");
    assertThat(printed(1, "ci", "viewer,root").get(0)).endsWith("was 'root'");
    assertThat(Files.readAllLines(file)).hasSize(1);
  }

  @Test
  void knowsTheRolesOfTheServices() {
    assertThat(KeyCommand.ROLES).containsExactlyInAnyOrderElementsOf(Role.ALL);
  }

  private static List<String> printed(int code, String... options) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    String[] arguments = new String[options.length + 1];
    arguments[0] = "key";
    System.arraycopy(options, 0, arguments, 1, options.length);
    assertThat(Bridle.commandLine(new Terminal(out, TerminalMode.PLAIN)).execute(arguments))
        .isEqualTo(code);
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
