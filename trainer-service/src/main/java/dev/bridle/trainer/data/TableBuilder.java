package dev.bridle.trainer.data;

import dev.bridle.trainer.spec.DataSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Makes a table of rows of cells: columns of targets, columns that are ignored, and features, which
 * are finite numbers.
 */
final class TableBuilder {
  private final String source;
  private final List<String> header;
  private final List<String> names = new ArrayList<>();
  private final List<TargetCells> targets;

  /** What reads each column; null for one that is ignored. */
  private final List<Cells> columns = new ArrayList<>();

  private final FloatList features = new FloatList();

  private interface Cells {
    void add(String place, String cell);
  }

  /**
   * @param source what messages call the data
   * @param header the names of the columns
   */
  TableBuilder(String source, DataSpec spec, List<TargetColumn> wanted, List<String> header) {
    this.source = source;
    this.header = header;
    this.targets = wanted.stream().map(column -> new TargetCells(source, column)).toList();
    wanted.forEach(target -> requireColumn(source, target.name(), header));
    Map<String, TargetCells> predicted =
        targets.stream().collect(Collectors.toMap(TargetCells::name, target -> target));
    for (String column : spec.ignore()) {
      requireColumn(source, column, header);
      if (predicted.containsKey(column)) {
        throw new DataException(
            "%s column '%s' should be predicted or ignored: was to be both"
                .formatted(source, column));
      }
    }
    for (String column : header) {
      if (predicted.containsKey(column)) {
        columns.add(predicted.get(column)::add);
      } else if (spec.ignore().contains(column)) {
        columns.add(null);
      } else {
        names.add(column);
        columns.add((place, cell) -> features.add(Numbers.finite(source, place, column, cell)));
      }
    }
    if (names.isEmpty()) {
      throw new DataException(
          "%s has no column beside '%s'"
              .formatted(source, String.join("', '", predicted.keySet())));
    }
  }

  /** Fails unless the data has a column of that name. */
  static void requireColumn(String source, String column, List<String> header) {
    if (!header.contains(column)) {
      throw new DataException(
          "%s has no column '%s': it has %s".formatted(source, column, String.join(", ", header)));
    }
  }

  /**
   * @param place of the row, such as {@code line 7}
   * @param cells one a column of the header
   */
  void add(String place, List<String> cells) {
    if (cells.size() != header.size()) {
      throw new DataException(
          "%s %s should have %d columns: had %d"
              .formatted(source, place, header.size(), cells.size()));
    }
    for (int i = 0; i < cells.size(); i++) {
      if (columns.get(i) != null) {
        columns.get(i).add(place, cells.get(i));
      }
    }
    if (features.size() > Table.MOST_VALUES) {
      throw new DataException(
          "%s should hold at most %d values: %s goes beyond"
              .formatted(source, Table.MOST_VALUES, place));
    }
  }

  Table build(String sha256) {
    List<Target> read = targets.stream().map(TargetCells::target).toList();
    List<float[]> values = targets.stream().map(TargetCells::values).toList();
    return new Table(names, read, new Rows(features.toArray(), names.size(), values), sha256);
  }
}
