package dev.bridle.trainer.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads a CSV file with a header line, finite numbers as features, and columns of targets. */
public final class CsvReader {
  /** Values that one data set may hold: 80 MB of floats. */
  static final int MOST_VALUES = 20_000_000;

  private static final int MOST_CLASSES = 1000;
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).setTrim(true).get();

  private final Path file;
  private final Map<String, TargetColumn> targets = new LinkedHashMap<>();
  private final Set<String> ignored;
  private final FloatList features = new FloatList();
  private final Map<String, List<String>> cells = new HashMap<>();

  private CsvReader(Path file, List<TargetColumn> targets, List<String> ignored) {
    this.file = file;
    this.ignored = new LinkedHashSet<>(ignored);
    for (TargetColumn target : targets) {
      this.targets.put(target.name(), target);
      cells.put(target.name(), new ArrayList<>());
    }
  }

  /** As {@link #read(Path, List, List)}, with no column ignored. */
  public static Table read(Path file, List<TargetColumn> targets) {
    return read(file, targets, List.of());
  }

  /**
   * @param targets the columns that are to be predicted
   * @param ignored columns whose cells may hold anything; all others are features
   * @throws DataException naming line and column of what is wrong
   */
  public static Table read(Path file, List<TargetColumn> targets, List<String> ignored) {
    return new CsvReader(file, targets, ignored).table();
  }

  private Table table() {
    try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, FORMAT)) {
      List<String> header = parser.getHeaderNames();
      targets.keySet().forEach(target -> requireColumn(target, header));
      for (String column : ignored) {
        requireColumn(column, header);
        if (targets.containsKey(column)) {
          throw new DataException(
              "%s column '%s' should be predicted or ignored: was to be both"
                  .formatted(file.getFileName(), column));
        }
      }
      List<String> names =
          header.stream()
              .filter(name -> !targets.containsKey(name) && !ignored.contains(name))
              .toList();
      if (names.isEmpty()) {
        throw new DataException(
            "%s has no column beside '%s'"
                .formatted(file.getFileName(), String.join("', '", targets.keySet())));
      }
      for (CSVRecord row : parser) {
        add(row, parser.getCurrentLineNumber(), header);
      }
      List<Target> read = targets.values().stream().map(this::target).toList();
      List<float[]> values = read.stream().map(this::values).toList();
      Rows rows = new Rows(features.toArray(), names.size(), values);
      return new Table(names, read, rows, Sha256.of(file));
    } catch (IllegalArgumentException | IOException | UncheckedIOException e) {
      throw new DataException(
          "%s cannot be read as CSV: %s".formatted(file.getFileName(), e.getMessage()), e);
    }
  }

  private void requireColumn(String column, List<String> header) {
    if (!header.contains(column)) {
      throw new DataException(
          "%s has no column '%s': it has %s"
              .formatted(file.getFileName(), column, String.join(", ", header)));
    }
  }

  private void add(CSVRecord row, long line, List<String> header) {
    if (row.size() != header.size()) {
      throw new DataException(
          "%s line %d should have %d columns: had %d"
              .formatted(file.getFileName(), line, header.size(), row.size()));
    }
    for (int i = 0; i < row.size(); i++) {
      TargetColumn target = targets.get(header.get(i));
      if (target != null) {
        cells.get(target.name()).add(checked(row.get(i), line, target));
      } else if (!ignored.contains(header.get(i))) {
        features.add(number(row.get(i), line, header.get(i)));
      }
    }
    if (features.size() > MOST_VALUES) {
      throw new DataException(
          "%s should hold at most %d values: line %d goes beyond"
              .formatted(file.getFileName(), MOST_VALUES, line));
    }
  }

  private String checked(String text, long line, TargetColumn target) {
    if (text.isEmpty() && target.presence() == TargetColumn.Presence.OPTIONAL) {
      return text;
    }
    if (text.isEmpty()) {
      throw at(line, target.name(), "should not be empty");
    }
    if (target.kind() != TargetColumn.Kind.CLASS) {
      float value = number(text, line, target.name());
      if (target.kind() == TargetColumn.Kind.FLAG && value != 0 && value != 1) {
        throw at(line, target.name(), "should be 0 or 1: was '" + text + "'");
      }
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

  private Target target(TargetColumn column) {
    return new Target(
        column.name(),
        column.kind() == TargetColumn.Kind.CLASS ? classes(column.name()) : List.of());
  }

  private float[] values(Target target) {
    Map<String, Integer> indices = new HashMap<>();
    target.classes().forEach(label -> indices.put(label, indices.size()));
    FloatList values = new FloatList();
    for (String cell : cells.get(target.column())) {
      values.add(
          cell.isEmpty()
              ? Float.NaN
              : target.hasClasses() ? indices.get(cell) : Float.parseFloat(cell));
    }
    return values.toArray();
  }

  private List<String> classes(String column) {
    List<String> distinct =
        cells.get(column).stream().filter(cell -> !cell.isEmpty()).distinct().toList();
    if (distinct.size() < 2 || distinct.size() > MOST_CLASSES) {
      throw new DataException(
          "%s column '%s' should have between 2 and %d classes: had %d"
              .formatted(file.getFileName(), column, MOST_CLASSES, distinct.size()));
    }
    boolean numbers = distinct.stream().allMatch(label -> label.matches("-?\\d{1,15}"));
    Comparator<String> order =
        numbers ? Comparator.comparingLong(Long::parseLong) : Comparator.naturalOrder();
    return distinct.stream().sorted(order).toList();
  }
}
