package dev.bridle.benchmarks.training;

/** Where the clock stands, and the processor time of this thread. */
record Moment(double clock, double processor) {
  /** What lies between two, in seconds. */
  record Span(double seconds, double processor) {}

  static Moment now() {
    return new Moment(System.nanoTime() / 1e9, ProcessorTime.ofThisThread());
  }

  Span until(Moment later) {
    return new Span(later.clock - clock, later.processor - processor);
  }
}
