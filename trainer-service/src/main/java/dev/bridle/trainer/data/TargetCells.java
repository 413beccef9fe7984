package dev.bridle.trainer.data;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The cells of one target, checked as they are read. */
final class TargetCells {
  private static final int MOST_CLASSES = 1000;

  private final String source;
  private final TargetColumn column;
  private final Set<String> missing;
  private final FloatList values = new FloatList();

  /** Labels in the order of their first rows; the values are their positions here. */
  private final Map<String, Integer> labels = new LinkedHashMap<>();

  /**
   * @param source what messages call the data
   * @param missing what stands for a missing value, beside an empty cell
   */
  TargetCells(String source, TargetColumn column, Set<String> missing) {
    this.source = source;
    this.column = column;
    this.missing = missing;
  }

  String name() {
    return column.name();
  }

  /**
   * @param place of the row, such as {@code line 7}
   * @throws DataException if the cell doesn't hold what the column's kind asks for
   */
  void add(String place, String cell) {
    if (cell.isEmpty() || missing.contains(cell)) {
      if (column.presence() != TargetColumn.Presence.OPTIONAL) {
        String rule = cell.isEmpty() ? "empty" : "missing: was '" + cell + "'";
        throw DataException.at(source, place, column.name(), "should not be " + rule);
      }
      values.add(Float.NaN);
    } else if (column.kind() == TargetColumn.Kind.CLASS) {
      labels.putIfAbsent(cell, labels.size());
      values.add(labels.get(cell));
    } else {
      float value = Numbers.finite(source, place, column.name(), cell);
      if (column.kind() == TargetColumn.Kind.FLAG && value != 0 && value != 1) {
        throw DataException.at(
            source, place, column.name(), "should be 0 or 1: was '" + cell + "'");
      }
      values.add(value);
    }
  }

  /** The column and, of classes, their labels: numbers by size, else by name. */
  Target target() {
    if (column.kind() != TargetColumn.Kind.CLASS) {
      return new Target(column.name(), List.of());
    }
    if (labels.size() < 2 || labels.size() > MOST_CLASSES) {
      throw new DataException(
          "%s column '%s' should have between 2 and %d classes: had %d"
              .formatted(source, column.name(), MOST_CLASSES, labels.size()));
    }
    return new Target(column.name(), Labels.sorted(labels.keySet()));
  }

  /** Numbers, or the positions of the labels among the target's classes; NaN for an empty cell. */
  float[] values() {
    float[] all = values.toArray();
    if (column.kind() == TargetColumn.Kind.CLASS) {
      List<String> classes = target().classes();
      Map<Integer, Integer> positions = new HashMap<>();
      for (int i = 0; i < classes.size(); i++) {
        positions.put(labels.get(classes.get(i)), i);
      }
      for (int row = 0; row < all.length; row++) {
        all[row] = Float.isNaN(all[row]) ? all[row] : positions.get((int) all[row]);
      }
    }
    return all;
  }
}
