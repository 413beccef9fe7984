package dev.bridle.benchmarks.bed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A running trainer. */
public record Trainer(Child process, URI address) {
  private static final String ARRAY = "ai.djl.pytorch.engine.PtNDArray";

  /**
   * What a full collection leaves.
   *
   * @param heap bytes
   * @param arrays of the engine, each a handle of native memory
   */
  public record Live(long heap, long arrays) {}

  /** Submits a run; returns its id. */
  public String submit(String spec) {
    return json(HttpRequest.newBuilder(address.resolve("/v1/runs"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(spec)))
        .path("run")
        .asText();
  }

  /** The run as the trainer tells of it. */
  public JsonNode run(String id) {
    return json(HttpRequest.newBuilder(address.resolve("/v1/runs/" + id)));
  }

  /** Resident memory, native and heap, in bytes. */
  public long resident() {
    try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
              .findFirst()
              .orElseThrow()
          * 1024;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Collects first. */
  public Live live() {
    try {
      Process histogram =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                  String.valueOf(process.pid()),
                  "GC.class_histogram")
              .start();
      String text = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      histogram.waitFor();
      // "   1:     instances     bytes  class"; the last line has no class.
      return new Live(column(text, "Total", 2), column(text, ARRAY, 1));
    } catch (IOException e) {
      throw new UncheckedIOException("jcmd, which asks for the collection", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static long column(String histogram, String line, int at) {
    return histogram
        .lines()
        .map(text -> text.trim().split("\\s+"))
        .filter(parts -> parts[0].equals(line) || parts.length > 3 && parts[3].equals(line))
        .mapToLong(parts -> Long.parseLong(parts[at]))
        .findFirst()
        .orElse(0);
  }

  private static JsonNode json(HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> answer =
          HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() / 100 != 2) {
        throw new IllegalStateException(
            "the trainer answered %d: %s"
                .formatted(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8)));
      }
      return new ObjectMapper().readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException("the trainer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
