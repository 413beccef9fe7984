package dev.bridle.trainer.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Memory that this process has, native and heap: the resident set, as Linux tells it. The engine's
 * tensors are outside the heap, so that the JVM's own figures would miss them.
 */
final class ProcessMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";

  private ProcessMemory() {}

  /** Empty where the system doesn't tell. */
  static Optional<Double> bytes() {
    try {
      return Files.exists(STATUS) ? resident() : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<Double> resident() throws IOException {
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith(RESIDENT))
        .map(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) * 1024)
        .findFirst();
  }
}
