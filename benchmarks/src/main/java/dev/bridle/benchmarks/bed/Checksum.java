package dev.bridle.benchmarks.bed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, by which data that is fetched is pinned. */
public final class Checksum {
  private Checksum() {}

  public static String of(Path file) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new UncheckedIOException("the checksum of " + file, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * @throws IllegalStateException with both, if it is another
   */
  public static void require(Path file, String expected) {
    String found = of(file);
    if (!found.equals(expected)) {
      throw new IllegalStateException(
          "%s should have the SHA-256 %s: was %s".formatted(file, expected, found));
    }
  }
}
