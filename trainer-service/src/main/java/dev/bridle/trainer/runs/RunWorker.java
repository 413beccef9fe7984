package dev.bridle.trainer.runs;

/**
 * The one thread that trains. It is a daemon: a process that is asked to end doesn't wait for the
 * run, which is then found unfinished at the next start.
 */
public final class RunWorker {
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
        runs.trainNext();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
