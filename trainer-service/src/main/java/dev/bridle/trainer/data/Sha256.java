package dev.bridle.trainer.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 as 64 lower-case hexadecimal digits. */
public final class Sha256 {
  private Sha256() {}

  public static String of(byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  public static String of(Path file) throws IOException {
    Stream stream = new Stream();
    try (var in = Files.newInputStream(file)) {
      byte[] chunk = new byte[64 * 1024];
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        stream.add(chunk, read);
      }
    }
    return stream.hex();
  }

  /**
   * Of several files: that of what {@code sha256sum} prints for them.
   *
   * @param folder the files' names are relative to it
   */
  static String of(Path folder, List<Path> files) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Path file : files) {
      lines.append("%s  %s\n".formatted(of(file), folder.normalize().relativize(file.normalize())));
    }
    return of(lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Of bytes that come one after another. */
  static final class Stream {
    private final MessageDigest digest = digest();

    /** The first {@code count} of them. */
    void add(byte[] bytes, int count) {
      digest.update(bytes, 0, count);
    }

    /** Of all so far; none may follow. */
    String hex() {
      return HexFormat.of().formatHex(digest.digest());
    }
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
