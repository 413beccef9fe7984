package dev.bridle.trainer.data;

import dev.bridle.trainer.spec.DataSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes a table of rows of cells: columns of targets, columns that are ignored, and features, which
 * are finite numbers or categories.
 */
final class TableBuilder {
  private static final int MOST_CATEGORIES = 1000;

  private final String source;
  private final List<String> header;
  private final List<String> names = new ArrayList<>();
  private final List<TargetCells> targets;

  /** What reads each column; null for one that is ignored. */
  private final List<Cells> columns = new ArrayList<>();

  private final FloatList features = new FloatList();
  private final List<Part> parts = new ArrayList<>();

  /** The categories of each column of such, in the order of their first rows. */
  private final Map<String, Map<String, Integer>> categories = new HashMap<>();

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
    Set<String> missing = spec.missing().map(given -> Set.copyOf(given.cells())).orElseGet(Set::of);
    this.targets = wanted.stream().map(column -> new TargetCells(source, column, missing)).toList();
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
    for (String column : spec.categories()) {
      requireColumn(source, column, header);
      if (predicted.containsKey(column) || spec.ignore().contains(column)) {
        throw new DataException(
            "%s column '%s' should be of categories, or else predicted or ignored: was to be both"
                .formatted(source, column));
      }
    }
    Optional<String> part = partColumn(spec, header);
    for (String column : header) {
      if (part.equals(Optional.of(column))) {
        columns.add((place, cell) -> parts.add(part(place, column, cell)));
      } else if (predicted.containsKey(column)) {
        columns.add(predicted.get(column)::add);
      } else if (spec.ignore().contains(column)) {
        columns.add(null);
      } else {
        names.add(column);
        columns.add(feature(column, missing, spec.categories().contains(column)));
      }
    }
    if (names.isEmpty()) {
      throw new DataException(
          "%s has no column beside '%s'"
              .formatted(source, String.join("', '", predicted.keySet())));
    }
  }

  private Optional<String> partColumn(DataSpec spec, List<String> header) {
    Optional<String> part = Optional.ofNullable(spec.split().column());
    part.ifPresent(column -> requireColumn(source, column, header));
    if (part.isPresent() && targets.stream().anyMatch(one -> one.name().equals(part.get()))) {
      throw new DataException(
          "%s column '%s' should be predicted or tell the split: was to be both"
              .formatted(source, part.get()));
    }
    return part;
  }

  private Part part(String place, String column, String cell) {
    return Part.named(cell)
        .orElseThrow(
            () ->
                DataException.at(
                    source,
                    place,
                    column,
                    "should be one of %s: was '%s'"
                        .formatted(Arrays.toString(Part.values()), cell)));
  }

  private Cells feature(String column, Set<String> missing, boolean isCategory) {
    Cells present =
        isCategory
            ? new CategoryCells(column)
            : (place, cell) -> features.add(Numbers.finite(source, place, column, cell));
    return (place, cell) -> {
      if (missing.contains(cell)) {
        features.add(Float.NaN);
      } else {
        present.add(place, cell);
      }
    };
  }

  /** Adds to the features the position of the cell's text among the column's. */
  private final class CategoryCells implements Cells {
    private final String column;
    private final Map<String, Integer> codes = new LinkedHashMap<>();

    CategoryCells(String column) {
      this.column = column;
      categories.put(column, codes);
    }

    @Override
    public void add(String place, String cell) {
      if (cell.isEmpty()) {
        throw DataException.at(source, place, column, "should not be empty");
      }
      codes.putIfAbsent(cell, codes.size());
      if (codes.size() > MOST_CATEGORIES) {
        throw DataException.at(
            source,
            place,
            column,
            "should bring at most %d categories: '%s' goes beyond"
                .formatted(MOST_CATEGORIES, cell));
      }
      features.add(codes.get(cell));
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
    Map<String, List<String>> lists =
        categories.entrySet().stream()
            .collect(
                Collectors.toMap(Map.Entry::getKey, one -> List.copyOf(one.getValue().keySet())));
    return new Table(
        names, read, new Rows(features.toArray(), names.size(), values), sha256, lists, parts);
  }
}
