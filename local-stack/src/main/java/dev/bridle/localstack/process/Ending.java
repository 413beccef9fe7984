package dev.bridle.localstack.process;

import java.time.Duration;
import java.util.Collection;

/** Ends processes: politely, all at once, and by force those that take too long. */
public final class Ending {
  private static final Duration AFTER_KILL = Duration.ofSeconds(5);

  private Ending() {}

  /** Returns once none of them runs; their pid files are gone then. */
  public static void of(Collection<DetachedProcess> processes, Duration patience) {
    processes.forEach(DetachedProcess::terminate);
    if (!Polling.until(() -> noneRuns(processes), patience)) {
      processes.forEach(DetachedProcess::kill);
      Polling.until(() -> noneRuns(processes), AFTER_KILL);
    }
    processes.forEach(DetachedProcess::forget);
  }

  private static boolean noneRuns(Collection<DetachedProcess> processes) {
    return processes.stream().noneMatch(DetachedProcess::isRunning);
  }
}
