package dev.bridle.benchmarks.serving;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Clients that each ask again as soon as they are answered: wrk, of one thread. */
final class Load {
  private static final String JSON =
      "{\"id\":\"1\",\"inputs\":[{\"name\":\"%s\",\"shape\":[1,%d],\"datatype\":\"FP32\",\"parameters\":{\"binary_data_size\":%d}}],\"outputs\":[{\"name\":\"%s\",\"parameters\":{\"binary_data\":true}}]}"
          .formatted(
              ServedNetwork.INPUT,
              ServedNetwork.FEATURES,
              ServedNetwork.FEATURES * Float.BYTES,
              ServedNetwork.OUTPUT);

  private final Path body;
  private final Path script;

  /**
   * @param requests a second
   * @param p99 of a request's time
   * @param refused answers of another status than 2xx or 3xx, and broken connections
   */
  record Outcome(double requests, Duration p50, Duration p99, long refused) {}

  /**
   * @param folder that is removed by the caller
   */
  Load(Path folder) {
    this.body = folder.resolve("body");
    this.script = folder.resolve("load.lua");
    try {
      Files.write(body, request());
      Files.writeString(
          script,
          """
          wrk.method = "POST"
          wrk.body = io.open("%s", "rb"):read("*a")
          wrk.headers["Content-Type"] = "application/octet-stream"
          wrk.headers["%s"] = "%d"
          done = function(summary, latency, requests)
            local errors = summary.errors
            io.write(string.format("outcome %%d %%d %%d %%d %%d\\n", summary.requests, summary.duration,
              latency:percentile(50), latency:percentile(99),
              errors.connect + errors.read + errors.write + errors.status + errors.timeout))
          end
          """
              .formatted(body, "Inference-Header-Content-Length", JSON.length()));
    } catch (IOException e) {
      throw new UncheckedIOException("the load's script", e);
    }
  }

  /** The body of each request: one row. */
  static byte[] request() {
    byte[] json = JSON.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(json.length + ServedNetwork.FEATURES * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(json);
    Random random = new Random(2);
    for (int at = 0; at < ServedNetwork.FEATURES; at++) {
      bytes.putFloat(random.nextFloat());
    }
    return bytes.array();
  }

  static int jsonLength() {
    return JSON.length();
  }

  Outcome on(URI address, int clients, int seconds) {
    List<String> lines = run(address, clients, seconds);
    String[] outcome =
        lines.stream()
            .filter(line -> line.startsWith("outcome "))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(String.join("\n", lines)))
            .split(" ");
    return new Outcome(
        Long.parseLong(outcome[1]) / (Long.parseLong(outcome[2]) / 1e6),
        Duration.ofNanos(Long.parseLong(outcome[3]) * 1000),
        Duration.ofNanos(Long.parseLong(outcome[4]) * 1000),
        Long.parseLong(outcome[5]));
  }

  private List<String> run(URI address, int clients, int seconds) {
    List<String> command =
        new ArrayList<>(List.of("wrk", "-t1", "-c" + clients, "-d" + seconds + "s"));
    command.addAll(List.of("-s", script.toString(), address.toString()));
    try {
      Process wrk = new ProcessBuilder(command).redirectErrorStream(true).start();
      List<String> lines;
      try (var output = wrk.inputReader()) {
        lines = output.lines().toList();
      }
      wrk.waitFor();
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException("wrk, Debian's package of that name", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
