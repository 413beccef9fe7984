package dev.bridle.benchmarks.bed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What programs print that measure themselves: lines of numbers. */
public final class Numbers {
  private Numbers() {}

  /**
   * Runs the program to its end and returns its lines of numbers; other lines are passed over.
   *
   * @param threads of what multiplies for PyTorch and DL4J
   */
  public static List<double[]> printed(List<String> command, int threads) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.environment().put("OPENBLAS_NUM_THREADS", "" + threads);
      builder.environment().put("OMP_NUM_THREADS", "" + threads);
      Process process = builder.start();
      List<double[]> lines =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> line.matches("[0-9.Ee -]+"))
              .map(
                  line -> Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray())
              .toList();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command + " ended with code " + process.exitValue());
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
