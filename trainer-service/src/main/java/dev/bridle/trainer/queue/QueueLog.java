package dev.bridle.trainer.queue;

import java.util.concurrent.CompletableFuture;

/** The log that all trainers of a queue write to and read, in one order for all. */
public interface QueueLog extends AutoCloseable {
  /** What reads it. */
  interface Reader {
    /**
     * @param place higher than all before
     */
    void read(QueueEntry entry, long place);

    /** Everything that was there at the start has been read. */
    void caughtUp();
  }

  /** Reads it from its beginning, without end, on a thread of its own. */
  void follow(Reader reader);

  /** Completes with the entry's place, or fails where it cannot be told whether it was written. */
  CompletableFuture<Long> append(QueueEntry entry);

  @Override
  void close();
}
