package dev.bridle.benchmarks.dropout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * What a second caller at the same time brings: a request runs on one thread, whatever else does.
 */
final class Callers {
  private Callers() {}

  /**
   * Answers a second of two callers, times those of one, by the clock: the median over the rounds,
   * in each of which they take turns.
   *
   * @param millis how long each turn takes
   */
  static double gainOfTwo(Runnable call, int rounds, int millis) {
    List<Double> gains = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      double one = rate(1, call, millis);
      gains.add(rate(2, call, millis) / one);
    }
    return Stopwatch.median(gains);
  }

  private static double rate(int callers, Runnable call, int millis) {
    List<CompletableFuture<Double>> rates =
        IntStream.range(0, callers)
            .mapToObj(
                caller ->
                    CompletableFuture.supplyAsync(
                        () -> rate(call, millis), run -> new Thread(run).start()))
            .toList();
    return rates.stream().mapToDouble(CompletableFuture::join).sum();
  }

  private static double rate(Runnable call, int millis) {
    long start = System.nanoTime();
    long calls = 0;
    long taken;
    do {
      call.run();
      calls++;
      taken = System.nanoTime() - start;
    } while (taken < millis * 1_000_000L);
    return 1e9 * calls / taken;
  }
}
