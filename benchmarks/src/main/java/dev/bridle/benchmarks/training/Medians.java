package dev.bridle.benchmarks.training;

import java.util.List;

/** Medians of what several epochs took. */
final class Medians {
  private Medians() {}

  /** The upper one of an even number. */
  static double of(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }

  static double of(List<double[]> lines, int column) {
    return of(lines.stream().map(line -> line[column]).toList());
  }
}
