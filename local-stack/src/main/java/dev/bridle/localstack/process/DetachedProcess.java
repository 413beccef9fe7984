package dev.bridle.localstack.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A process that outlives this one: it writes to its own log, is found again by its pid file, and
 * has a session of its own where the system offers one, so that Ctrl-C in the terminal spares it.
 */
public final class DetachedProcess {
  private final ProcessSpec spec;
  private final PidFile pidFile;

  public DetachedProcess(ProcessSpec spec, Path pidFile) {
    this.spec = spec;
    this.pidFile = new PidFile(pidFile);
  }

  public ProcessSpec spec() {
    return spec;
  }

  /**
   * Starts it; whether it will live shows later.
   *
   * @throws ProcessStartException if the system refuses
   */
  public void start() {
    try {
      Files.createDirectories(spec.folder());
      Files.createDirectories(spec.log().getParent());
      keepPreviousLog();
      Process process =
          new ProcessBuilder(inOwnSession(spec.command()))
              .directory(spec.folder().toFile())
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectErrorStream(true)
              .redirectOutput(spec.log().toFile())
              .start();
      pidFile.write(process.toHandle());
    } catch (IOException e) {
      throw new ProcessStartException(
          "%s can't be started: %s".formatted(spec.name(), e.getMessage()), e);
    }
  }

  /** The running process; empty if it doesn't run. */
  public Optional<ProcessHandle> handle() {
    return pidFile.process();
  }

  public boolean isRunning() {
    return handle().isPresent();
  }

  /** When the running process started. */
  public Optional<Instant> started() {
    return handle().flatMap(process -> process.info().startInstant());
  }

  /** Asks it to end; {@link Ending} waits for it. */
  void terminate() {
    handle().ifPresent(ProcessHandle::destroy);
  }

  /** Ends it at once, as kill -9 does. */
  public void kill() {
    handle().ifPresent(ProcessHandle::destroyForcibly);
  }

  void forget() {
    pidFile.delete();
  }

  private void keepPreviousLog() throws IOException {
    if (Files.exists(spec.log())) {
      Path previous = spec.log().resolveSibling(spec.log().getFileName() + ".previous");
      Files.move(spec.log(), previous, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static List<String> inOwnSession(List<String> command) {
    Optional<Path> setsid = SearchPath.find("setsid");
    if (setsid.isEmpty()) {
      return command;
    }
    List<String> wrapped = new ArrayList<>(List.of(setsid.get().toString()));
    wrapped.addAll(command);
    return wrapped;
  }
}
