package dev.bridle.trainer.runs;

import org.jboss.logging.Logger;

/**
 * The one thread that trains. It is a daemon: a process that is asked to end doesn't wait for the
 * run, which is then found unfinished at the next start.
 */
public final class RunWorker {
  private static final Logger LOG = Logger.getLogger(RunWorker.class);

  private final Thread thread;

  public RunWorker(Runs runs) {
    thread = new Thread(() -> work(runs), "bridle-training");
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  private static void work(Runs runs) {
    runs.warmUp();
    try {
      while (!Thread.currentThread().isInterrupted()) {
        next(runs);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A run whose failure cannot even be written down must not end the trainer. */
  private static void next(Runs runs) throws InterruptedException {
    try {
      runs.trainNext();
    } catch (RuntimeException e) {
      LOG.error("a run ended without its end being written down", e);
    }
  }
}
