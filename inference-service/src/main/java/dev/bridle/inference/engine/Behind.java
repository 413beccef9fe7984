package dev.bridle.inference.engine;

import dev.bridle.inference.uncertainty.KeptSamples;
import dev.bridle.inference.uncertainty.SampleAccumulator;
import java.util.List;
import java.util.Map;

/** What is behind the first Dropout, as one request runs it. Not thread-safe. */
interface Behind {
  /** How many rows {@link Block#run} takes at most. */
  int rowsAtOnce();

  /** Some samples, for any rows. */
  Block block(int first, int count);

  /** Samples whose masks all rows share. */
  interface Block extends AutoCloseable {
    /** Adds the rows' samples to the moments of each output, and to what keeps them. */
    void run(
        List<Integer> rows, Map<String, SampleAccumulator> moments, Map<String, KeptSamples> kept);

    @Override
    void close();
  }
}
