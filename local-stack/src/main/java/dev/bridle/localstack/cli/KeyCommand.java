package dev.bridle.localstack.cli;

import dev.bridle.localstack.terminal.Style;
import dev.bridle.localstack.terminal.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a new key for a caller of the services, and shows it this once.",
      "The services know its hash alone, by a line of their file of keys."
    })
final class KeyCommand implements Callable<Integer> {
  static final List<String> ROLES = List.of("viewer", "submitter", "operator", "model-admin");
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
  private static final int BYTES = 32;

  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "NAME", description = "Of the caller, for the audit log.")
  private String name;

  @Parameters(
      index = "1",
      paramLabel = "ROLE[,ROLE]",
      split = ",",
      description = "viewer, submitter, operator, model-admin.")
  private List<String> roles;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "The file of keys, to which the line is added.")
  private Path file;

  KeyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (!name.matches(NAME)) {
      throw new IllegalArgumentException(
          "NAME should be 1 to 64 letters, digits, '.', '_' or '-': was '%s'".formatted(name));
    }
    for (String role : roles) {
      if (!ROLES.contains(role)) {
        throw new IllegalArgumentException(
            "ROLE should be one of %s: was '%s'".formatted(String.join(", ", ROLES), role));
      }
    }
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String key = "bridle_" + HexFormat.of().formatHex(random);
    String line = "%s %s %s".formatted(name, String.join(",", roles), sha256(key));
    if (file == null) {
      terminal.line("A line for the file of keys (BRIDLE_GUARD_KEYS_FILE):");
      terminal.line(line);
    } else {
      add(line);
      terminal.line("%s has one more line; services read it when they start.".formatted(file));
    }
    terminal.line("The key, shown this once (BRIDLE_KEY):");
    terminal.line(terminal.paint(Style.BOLD, key));
    return 0;
  }

  private void add(String line) {
    try {
      if (Files.exists(file)
          && Files.readAllLines(file).stream().anyMatch(l -> l.strip().startsWith(name + " "))) {
        throw new IllegalArgumentException(
            "NAME should stand once in %s: '%s' is there already".formatted(file, name));
      }
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(String key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(key.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
