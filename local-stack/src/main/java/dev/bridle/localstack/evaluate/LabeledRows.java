package dev.bridle.localstack.evaluate;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * A CSV file with a header: numbers, and the truth in one column.
 *
 * @param features one array a row
 * @param labels the target column's numbers; empty where the file has no such column
 */
public record LabeledRows(List<double[]> features, List<Double> labels) {
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).setTrim(true).get();

  /**
   * @throws IllegalArgumentException naming the file, the line and the column of what is wrong
   */
  public static LabeledRows read(Path file, String target) {
    List<double[]> features = new ArrayList<>();
    List<Double> labels = new ArrayList<>();
    try (Reader reader = Files.newBufferedReader(file)) {
      for (CSVRecord row : FORMAT.parse(reader)) {
        String place = "%s, line %d".formatted(file, row.getParser().getCurrentLineNumber());
        List<Double> numbers = new ArrayList<>();
        row.toMap()
            .forEach(
                (column, cell) -> {
                  double number = number(place, column, cell);
                  (column.equals(target) ? labels : numbers).add(number);
                });
        features.add(numbers.stream().mapToDouble(Double::doubleValue).toArray());
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read: " + e.getMessage(), e);
    }
    if (features.isEmpty()) {
      throw new IllegalArgumentException(file + " should have rows below its header: has none");
    }
    return new LabeledRows(features, labels);
  }

  private static double number(String place, String column, String cell) {
    try {
      return Double.parseDouble(cell);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s, column '%s' should be a number: was '%s'".formatted(place, column, cell), e);
    }
  }
}
