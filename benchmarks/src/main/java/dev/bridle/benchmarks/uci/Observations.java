package dev.bridle.benchmarks.uci;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Rows of numbers, the target last.
 *
 * @param rows [rows, features + 1]
 */
record Observations(List<double[]> rows) {
  static Observations read(Path csv) {
    try {
      return new Observations(
          Files.readAllLines(csv).stream()
              .skip(1)
              .map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble))
              .map(DoubleStream::toArray)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(csv.toString(), e);
    }
  }

  int features() {
    return rows.get(0).length - 1;
  }

  double[] targets() {
    return rows.stream().mapToDouble(row -> row[row.length - 1]).toArray();
  }

  Observations select(int[] which) {
    return new Observations(Arrays.stream(which).mapToObj(rows::get).toList());
  }

  /**
   * What a run trains on. A column tells the parts apart; the rows to choose by are the part {@code
   * test} too, for a trainer needs one, and shall see nothing of the real one.
   */
  static void write(Path csv, Observations training, Observations validation) {
    List<String> lines = new ArrayList<>();
    lines.add(
        IntStream.range(0, training.features())
            .mapToObj(i -> "x" + i)
            .collect(Collectors.joining(",", "", ",y,part")));
    training.lines("training", lines);
    validation.lines("validation", lines);
    validation.lines("test", lines);
    try {
      Files.write(csv, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(csv.toString(), e);
    }
  }

  private void lines(String part, List<String> into) {
    for (double[] row : rows) {
      into.add(
          Arrays.stream(row).mapToObj(Double::toString).collect(Collectors.joining(","))
              + ","
              + part);
    }
  }
}
