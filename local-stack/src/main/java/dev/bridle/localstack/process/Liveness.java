package dev.bridle.localstack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Whether a process runs. One that has ended and waits for its parent to notice does not. */
final class Liveness {
  private Liveness() {}

  static boolean of(ProcessHandle process) {
    return process.isAlive() && !isZombie(process.pid());
  }

  /**
   * A killed process counts as ended only when its last thread is gone: its main thread goes first,
   * and until then the others hold its ports.
   */
  private static boolean isZombie(long pid) {
    Path folder = Path.of("/proc", String.valueOf(pid));
    try (Stream<Path> threads = Files.list(folder.resolve("task"))) {
      String stat =
          new String(Files.readAllBytes(folder.resolve("stat")), StandardCharsets.ISO_8859_1);
      return stat.startsWith("Z", stat.lastIndexOf(')') + 2) && threads.count() <= 1;
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }
}
