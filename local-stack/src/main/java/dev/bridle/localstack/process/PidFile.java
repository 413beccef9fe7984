package dev.bridle.localstack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * Remembers a process over the lives of several commands, by its pid and the instant of its start:
 * a pid that the system has given to another process since is not taken for it.
 */
public final class PidFile {
  /** The system derives the instant from its boot time, which a corrected clock shifts a little. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  private final Path file;

  public PidFile(Path file) {
    this.file = file;
  }

  /** Remembers the process. */
  public void write(ProcessHandle process) {
    Instant started = process.info().startInstant().orElse(Instant.EPOCH);
    try {
      Files.createDirectories(file.getParent());
      Path draft = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(draft, process.pid() + "\n" + started + "\n");
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("can't remember process " + process.pid() + " in " + file, e);
    }
  }

  /** The process if it still runs; empty too for a file that is missing or makes no sense. */
  public Optional<ProcessHandle> process() {
    try {
      List<String> lines = Files.readAllLines(file);
      long pid = Long.parseLong(lines.get(0));
      Instant started = Instant.parse(lines.get(1));
      return ProcessHandle.of(pid).filter(found -> isSame(found, started)).filter(Liveness::of);
    } catch (IOException
        | NumberFormatException
        | DateTimeParseException
        | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  /** Forgets the process. */
  public void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("can't delete " + file, e);
    }
  }

  private static boolean isSame(ProcessHandle found, Instant started) {
    return found
        .info()
        .startInstant()
        .filter(instant -> Duration.between(instant, started).abs().compareTo(TOLERANCE) <= 0)
        .isPresent();
  }
}
