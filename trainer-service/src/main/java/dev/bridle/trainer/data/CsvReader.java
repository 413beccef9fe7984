package dev.bridle.trainer.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads a CSV file with a header line, finite numbers as features and one column of labels. */
public final class CsvReader {
  /** Values that one data set may hold: 80 MB of floats. */
  static final int MOST_VALUES = 20_000_000;

  private static final int MOST_CLASSES = 1000;
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).setTrim(true).get();

  private final Path file;
  private final String target;
  private final FloatList features = new FloatList();
  private final List<String> labels = new ArrayList<>();

  private CsvReader(Path file, String target) {
    this.file = file;
    this.target = target;
  }

  /**
   * @throws DataException naming line and column of what is wrong
   */
  public static Table read(Path file, String target) {
    return new CsvReader(file, target).table();
  }

  private Table table() {
    try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, FORMAT)) {
      List<String> header = parser.getHeaderNames();
      if (!header.contains(target)) {
        throw new DataException(
            "%s has no column '%s': it has %s"
                .formatted(file.getFileName(), target, String.join(", ", header)));
      }
      List<String> names = header.stream().filter(name -> !name.equals(target)).toList();
      if (names.isEmpty()) {
        throw new DataException(file.getFileName() + " has no column beside '" + target + "'");
      }
      for (CSVRecord row : parser) {
        add(row, parser.getCurrentLineNumber(), header);
      }
      List<String> classes = classes();
      return new Table(names, classes, rows(names.size(), classes), Sha256.of(file));
    } catch (IllegalArgumentException | IOException | UncheckedIOException e) {
      throw new DataException(
          "%s cannot be read as CSV: %s".formatted(file.getFileName(), e.getMessage()), e);
    }
  }

  private void add(CSVRecord row, long line, List<String> header) {
    if (row.size() != header.size()) {
      throw new DataException(
          "%s line %d should have %d columns: had %d"
              .formatted(file.getFileName(), line, header.size(), row.size()));
    }
    for (int i = 0; i < row.size(); i++) {
      if (header.get(i).equals(target)) {
        labels.add(label(row.get(i), line));
      } else {
        features.add(number(row.get(i), line, header.get(i)));
      }
    }
    if (features.size() > MOST_VALUES) {
      throw new DataException(
          "%s should hold at most %d values: line %d goes beyond"
              .formatted(file.getFileName(), MOST_VALUES, line));
    }
  }

  private String label(String text, long line) {
    if (text.isEmpty()) {
      throw at(line, target, "should not be empty");
    }
    return text;
  }

  private float number(String text, long line, String column) {
    try {
      float value = Float.parseFloat(text);
      if (Float.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw at(line, column, "should be a number: was '" + text + "'");
    }
    throw at(line, column, "should be finite: was '" + text + "'");
  }

  private DataException at(long line, String column, String rule) {
    return new DataException(
        "%s line %d, column '%s' %s".formatted(file.getFileName(), line, column, rule));
  }

  private List<String> classes() {
    List<String> distinct = labels.stream().distinct().toList();
    if (distinct.size() < 2 || distinct.size() > MOST_CLASSES) {
      throw new DataException(
          "%s column '%s' should have between 2 and %d classes: had %d"
              .formatted(file.getFileName(), target, MOST_CLASSES, distinct.size()));
    }
    boolean numbers = distinct.stream().allMatch(label -> label.matches("-?\\d{1,15}"));
    Comparator<String> order =
        numbers ? Comparator.comparingLong(Long::parseLong) : Comparator.naturalOrder();
    return distinct.stream().sorted(order).toList();
  }

  private Rows rows(int columns, List<String> classes) {
    Map<String, Integer> indices = new HashMap<>();
    classes.forEach(label -> indices.put(label, indices.size()));
    return new Rows(features.toArray(), columns, labels.stream().mapToInt(indices::get).toArray());
  }
}
