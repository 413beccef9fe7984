package dev.bridle.localstack.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of numbers and their labels.
 *
 * @param features one array a row
 * @param labels class numbers, 0 to classes - 1
 */
record Dataset(List<double[]> features, List<Integer> labels) {
  Dataset {
    features = List.copyOf(features);
    labels = List.copyOf(labels);
    if (features.size() != labels.size()) {
      throw new IllegalArgumentException(
          "labels should be as many as rows, %d: were %d"
              .formatted(features.size(), labels.size()));
    }
  }

  /** A CSV file with a header, whose last column is the label. */
  static Dataset read(Path csv) {
    try {
      List<double[]> rows =
          Files.readAllLines(csv).stream()
              .skip(1)
              .filter(line -> !line.isBlank())
              .map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble))
              .map(numbers -> numbers.toArray())
              .toList();
      return new Dataset(
          rows.stream().map(row -> Arrays.copyOf(row, row.length - 1)).toList(),
          rows.stream().map(row -> (int) row[row.length - 1]).toList());
    } catch (IOException | NumberFormatException e) {
      throw new DemoException("The data %s can't be read: %s".formatted(csv, e.getMessage()), e);
    }
  }

  /** Those rows alone, in that order; they are counted from 0. */
  Dataset rows(List<Integer> indices) {
    return new Dataset(
        indices.stream().map(features::get).toList(), indices.stream().map(labels::get).toList());
  }
}
