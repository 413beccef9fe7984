package dev.bridle.trainer.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Columns of categories as columns of 0 and 1, one for each category that the training rows have:
 * {@code color} with red and blue becomes {@code color=blue} and {@code color=red}. A row whose
 * category is missing, or not among those, has 0 in all of them.
 */
final class OneHot {
  private final Table table;

  /** A column of the expanded table: the raw one that it reads, and the category, or -1. */
  private record Column(String name, int raw, int category) {}

  private OneHot(Table table) {
    this.table = table;
  }

  /**
   * The table without categories.
   *
   * @param training the rows that tell which categories there are
   * @throws DataException if a column of categories has none, or too many in all
   */
  static Table expanded(Table table, int[] training) {
    return table.categories().isEmpty() ? table : new OneHot(table).expanded(training);
  }

  private Table expanded(int[] training) {
    List<Column> columns = new ArrayList<>();
    for (int raw = 0; raw < table.features(); raw++) {
      String name = table.featureNames().get(raw);
      List<String> categories = table.categories().get(name);
      if (categories == null) {
        columns.add(new Column(name, raw, -1));
      } else {
        columns.addAll(columns(name, raw, categories, training));
      }
    }
    int rows = table.rows().count();
    if ((long) rows * columns.size() > Table.MOST_VALUES) {
      throw new DataException(
          "data.categories should make at most %d values: made %d columns of %d rows"
              .formatted(Table.MOST_VALUES, columns.size(), rows));
    }
    float[] features = new float[rows * columns.size()];
    for (int i = 0; i < features.length; i++) {
      Column column = columns.get(i % columns.size());
      float value = value(i / columns.size(), column.raw());
      features[i] = column.category() < 0 ? value : value == column.category() ? 1 : 0;
    }
    return new Table(
        columns.stream().map(Column::name).toList(),
        table.targets(),
        new Rows(features, columns.size(), table.rows().targets()),
        table.sha256(),
        Map.of(),
        table.parts());
  }

  private List<Column> columns(String name, int raw, List<String> categories, int[] training) {
    boolean[] seen = new boolean[categories.size()];
    for (int row : training) {
      float category = value(row, raw);
      if (!Float.isNaN(category)) {
        seen[(int) category] = true;
      }
    }
    List<Column> columns = new ArrayList<>();
    for (String category : Labels.sorted(categories)) {
      int code = categories.indexOf(category);
      if (seen[code]) {
        columns.add(new Column(name + "=" + category, raw, code));
      }
    }
    if (columns.isEmpty()) {
      throw new DataException(
          "column '%s' has no category in the %d training rows: data.ignore can leave it out"
              .formatted(name, training.length));
    }
    return columns;
  }

  private float value(int row, int column) {
    return table.rows().features()[row * table.features() + column];
  }
}
