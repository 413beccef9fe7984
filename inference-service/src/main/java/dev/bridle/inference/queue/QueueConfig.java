package dev.bridle.inference.queue;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** How much is computed at once, and how much may wait. */
@ConfigMapping(prefix = "bridle.inference.queue")
public interface QueueConfig {
  /** How many requests, or batches of them, compute at a time: as many as there are processors. */
  OptionalInt concurrency();

  /** How many wait; a request beyond is refused by 503. */
  @WithDefault("128")
  int capacity();

  /** How long one waits before it is refused by 503. */
  @WithDefault("10s")
  Duration longestWait();

  /** The most rows that waiting plain requests bring together into one run; 1 keeps them apart. */
  @WithDefault("64")
  int batchRows();

  /**
   * The same of sampled requests, each of whose rows takes a run of its own behind the first
   * Dropout: more would keep one processor busy with what another could do.
   */
  @WithDefault("8")
  int sampledBatchRows();
}
