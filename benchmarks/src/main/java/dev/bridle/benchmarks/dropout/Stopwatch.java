package dev.bridle.benchmarks.dropout;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Times contenders in turns, so that what else the machine does meets all of them alike: the
 * processor's time of the thread that calls, on which alone they run. On an idle machine that is
 * the clock's.
 */
final class Stopwatch {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Map<String, Runnable> contenders = new LinkedHashMap<>();

  Stopwatch with(String name, Runnable contender) {
    contenders.put(name, contender);
    return this;
  }

  /**
   * The median over the rounds of what one call takes, in microseconds. The first round, which
   * warms up, doesn't count.
   *
   * @param millis how long each contender is called in each round, and once at least
   */
  Map<String, Double> measure(int rounds, int millis) {
    Map<String, List<Double>> times = new LinkedHashMap<>();
    contenders.keySet().forEach(name -> times.put(name, new ArrayList<>()));
    for (int round = 0; round <= rounds; round++) {
      boolean counts = round > 0;
      contenders.forEach(
          (name, contender) -> {
            double micros = call(contender, millis);
            if (counts) {
              times.get(name).add(micros);
            }
          });
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    times.forEach((name, values) -> medians.put(name, median(values)));
    return medians;
  }

  private static double call(Runnable contender, int millis) {
    long start = THREADS.getCurrentThreadCpuTime();
    long calls = 0;
    long taken;
    do {
      contender.run();
      calls++;
      taken = THREADS.getCurrentThreadCpuTime() - start;
    } while (taken < millis * 1_000_000L);
    return taken / 1e3 / calls;
  }

  static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
