package dev.bridle.benchmarks.bed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a long benchmark has found so far, a line of JSON each in a file: started again, it goes on
 * behind it. Of a process that was killed the last line may be torn; it is found again.
 */
public final class Ledger {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final Map<String, JsonNode> found = new LinkedHashMap<>();

  private record Entry(String key, JsonNode value) {}

  public Ledger(Path file) {
    this.file = file;
    try {
      Files.createDirectories(file.getParent());
      if (Files.exists(file)) {
        for (String line : Files.readAllLines(file)) {
          read(line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the ledger " + file, e);
    }
  }

  private void read(String line) {
    try {
      JsonNode entry = JSON.readTree(line);
      if (entry.path("key").isTextual() && entry.has("value")) {
        found.put(entry.path("key").asText(), entry.path("value"));
      }
    } catch (JsonProcessingException e) {
      System.err.println("A torn line of " + file + " is passed over.");
    }
  }

  public synchronized <T> Optional<T> found(String key, Class<T> type) {
    return Optional.ofNullable(found.get(key)).map(value -> JSON.convertValue(value, type));
  }

  public synchronized void keep(String key, Object value) {
    JsonNode node = JSON.valueToTree(value);
    try {
      // The new line first: what a torn one before it lacks.
      Files.writeString(
          file,
          "\n" + JSON.writeValueAsString(new Entry(key, node)),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("the ledger " + file, e);
    }
    found.put(key, node);
  }
}
