package dev.bridle.trainer.runs;

import java.time.Duration;
import org.jboss.logging.Logger;

/** The one thread that trains. It is a daemon: a process that must end at once can. */
public final class RunWorker {
  private static final Logger LOG = Logger.getLogger(RunWorker.class);

  private final Runs runs;
  private final Thread thread;

  public RunWorker(Runs runs) {
    this.runs = runs;
    thread = new Thread(this::work, "bridle-training");
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /**
   * Lets the run pause at a checkpoint after its epoch, to be taken up at the next start.
   *
   * @param patience how long an epoch may take; after it the run goes back to its last checkpoint
   */
  public void stop(Duration patience) throws InterruptedException {
    runs.close();
    thread.join(patience.toMillis());
    if (thread.isAlive()) {
      LOG.warnf("the epoch in progress took longer than %s: it will be trained again", patience);
    }
  }

  private void work() {
    runs.warmUp();
    try {
      while (!runs.closing()) {
        next();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A run whose failure cannot even be written down must not end the trainer. */
  private void next() throws InterruptedException {
    try {
      runs.trainNext();
    } catch (RuntimeException e) {
      LOG.error("a run ended without its end being written down", e);
    }
  }
}
