package dev.bridle.localstack.follow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bridle.localstack.process.Polling;
import dev.bridle.localstack.service.JsonClient;
import dev.bridle.localstack.service.ServiceException;
import dev.bridle.localstack.service.UnreachableException;
import dev.bridle.localstack.terminal.Terminal;
import java.time.Duration;

/** Follows a run from its submission to its model, before someone's eyes. */
public final class RunFollower {
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);
  private static final Duration TRAINER_AWAY = Duration.ofSeconds(30);
  private static final Duration LAST_WORDS = Duration.ofSeconds(15);

  private final JsonClient trainer;
  private final JsonClient monitor;
  private final Terminal terminal;
  private WatchedRun watched = WatchedRun.UNKNOWN;
  private long trainerSeen = System.nanoTime();

  public RunFollower(JsonClient trainer, JsonClient monitor, Terminal terminal) {
    this.trainer = trainer;
    this.monitor = monitor;
    this.terminal = terminal;
  }

  /**
   * Returns once the run has ended, and the monitor has told all about a model that it left.
   *
   * @throws ServiceException if the trainer stays away
   */
  public FinishedRun follow(String run) {
    RunScreen screen = new RunScreen(terminal);
    RunSnapshot now = look(run);
    while (!now.isOver()) {
      screen.show(now, watched);
      Polling.pause(LOOK_EVERY);
      now = look(run);
    }
    if (now.isSucceeded()) {
      Polling.until(() -> watch(run).modelVersion().isPresent(), LAST_WORDS);
    }
    screen.show(now, watched);
    screen.end(now);
    return new FinishedRun(run, now, watched.modelVersion());
  }

  private RunSnapshot look(String run) {
    watch(run);
    while (true) {
      try {
        JsonNode view =
            trainer
                .read("/v1/runs/" + run)
                .orElseThrow(
                    () -> new ServiceException("The trainer doesn't know run " + run + "."));
        trainerSeen = System.nanoTime();
        return RunSnapshot.of(view);
      } catch (UnreachableException e) {
        if (System.nanoTime() - trainerSeen > TRAINER_AWAY.toNanos()) {
          throw new ServiceException(e.getMessage(), e);
        }
        Polling.pause(LOOK_EVERY);
      }
    }
  }

  /** A monitor that is away for a while costs nothing: the last look stays. */
  private WatchedRun watch(String run) {
    try {
      watched = monitor.read("/v1/runs/" + run).map(WatchedRun::of).orElse(watched);
    } catch (ServiceException e) {
      // it is away or not yet ready, and the run goes on without it
    }
    return watched;
  }
}
