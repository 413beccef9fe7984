package dev.bridle.benchmarks.training;

import dev.bridle.benchmarks.bed.Child;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a trainer's process holds. */
record TrainerMemory(Child process) {
  private static final String ARRAY = "ai.djl.pytorch.engine.PtNDArray";

  /**
   * What a full collection leaves.
   *
   * @param heap bytes
   * @param arrays of the engine, each a handle of native memory
   */
  record Live(long heap, long arrays) {}

  /** Resident memory, native and heap, in bytes. */
  long resident() {
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
  Live live() {
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
}
