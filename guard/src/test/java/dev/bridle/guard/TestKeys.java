package dev.bridle.guard;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;

/** Guards a service by a file with one key for each role, named like it. */
public class TestKeys implements QuarkusTestResourceLifecycleManager {
  private Path file;

  /** The key of the caller that has this role alone. */
  public static String of(String role) {
    return "bridle_" + hash("test key of " + role);
  }

  @Override
  public Map<String, String> start() {
    try {
      file = Files.createTempFile("bridle-keys", "");
      Files.writeString(
          file,
          Role.ALL.stream()
              .map(role -> "%s %s %s%n".formatted(role, role, hash(of(role))))
              .collect(Collectors.joining()));
      return Map.of("bridle.guard.keys-file", file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String hash(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
