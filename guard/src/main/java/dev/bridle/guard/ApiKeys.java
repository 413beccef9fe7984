package dev.bridle.guard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The keys that a file names, one a line; empty lines and those with {@code #} are passed over. */
record ApiKeys(List<ApiKey> keys) {
  ApiKeys {
    keys = List.copyOf(keys);
    List<String> names = keys.stream().map(ApiKey::name).toList();
    if (names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException(
          "each name should stand once, for the audit log tells callers by it: were " + names);
    }
  }

  static ApiKeys none() {
    return new ApiKeys(List.of());
  }

  /** A file without a key is a mistake, not an open door. */
  static ApiKeys read(Path file) {
    List<ApiKey> keys = new ArrayList<>();
    try {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i).strip();
        if (!line.isEmpty() && !line.startsWith("#")) {
          keys.add(parse(file, i + 1, line));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("bridle.guard.keys-file can't be read: " + file, e);
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(
          "bridle.guard.keys-file should hold at least one key: %s holds none".formatted(file));
    }
    return new ApiKeys(keys);
  }

  /** Compares with every key, so that the time tells nothing about which one came near. */
  Optional<ApiKey> opening(String presented) {
    byte[] sha256 = ApiKey.sha256(presented);
    ApiKey found = null;
    for (ApiKey key : keys) {
      if (key.opensWith(sha256)) {
        found = key;
      }
    }
    return Optional.ofNullable(found);
  }

  private static ApiKey parse(Path file, int number, String line) {
    try {
      return ApiKey.parse(line);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s:%d: %s".formatted(file, number, e.getMessage()), e);
    }
  }
}
