package dev.bridle.benchmarks.bed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs a process that prints lines of numbers, such as the seconds of what it repeats. */
public final class Seconds {
  private Seconds() {}

  /**
   * Its lines of numbers but the first, in which it warms up.
   *
   * @param threads of what multiplies for PyTorch
   * @param lines how many it should print
   */
  public static List<String> printed(List<String> command, int threads, int lines) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.environment().put("OPENBLAS_NUM_THREADS", "" + threads);
      builder.environment().put("OMP_NUM_THREADS", "" + threads);
      Process process = builder.start();
      List<String> numbers =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> line.matches("[0-9.Ee -]+"))
              .toList();
      if (process.waitFor() != 0 || numbers.size() != lines) {
        throw new IllegalStateException(command + " ended with code " + process.exitValue());
      }
      return numbers.subList(1, numbers.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
