package dev.bridle.benchmarks.bed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A program of the system that is run to its end. */
public final class Command {
  private Command() {}

  /**
   * @param install how one gets the program, for whom it is missing
   * @throws IllegalStateException with what it said, if it is missing or fails
   */
  public static void run(Path folder, String install, List<String> command) {
    try {
      Files.createDirectories(folder);
      Process process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(
            "%s ended with code %d (%s): %s"
                .formatted(String.join(" ", command), process.exitValue(), install, said));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(command.get(0) + " is needed: " + install, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
