package dev.bridle.benchmarks.uci;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A seeded split: of all rows the last tenth tests, and of the others the last fifth chooses the
 * settings.
 */
record Split(int[] training, int[] choosing, int[] test) {
  private static final double TRAINED = 0.9;
  private static final double FITTED = 0.8;

  static Split of(int rows, int seed) {
    List<Integer> order =
        IntStream.range(0, rows).boxed().collect(Collectors.toCollection(java.util.ArrayList::new));
    Collections.shuffle(order, new Random(seed));
    int[] all = order.stream().mapToInt(Integer::intValue).toArray();
    int trained = (int) Math.round(TRAINED * rows);
    int fitted = (int) Math.round(FITTED * trained);
    return new Split(
        Arrays.copyOfRange(all, 0, fitted),
        Arrays.copyOfRange(all, fitted, trained),
        Arrays.copyOfRange(all, trained, rows));
  }

  /** All rows but those of the test. */
  int[] known() {
    return IntStream.concat(Arrays.stream(training), Arrays.stream(choosing)).toArray();
  }
}
