package dev.bridle.inference.engine;

/**
 * Which row of a run holds which of its samples. In pairs the first samples are in its first half,
 * each behind the other, and their partners in the second, both behind a row that is the network
 * before any mask.
 *
 * @param samples of the run, even in pairs
 */
record Slots(int samples, boolean paired) {
  /** The rows of the run. */
  int rows() {
    return paired ? 2 * half() : samples;
  }

  /** How many rows each half has, in pairs. */
  int half() {
    return samples / 2 + 1;
  }

  int of(int sample) {
    return paired ? 1 + sample / 2 + sample % 2 * half() : sample;
  }
}
