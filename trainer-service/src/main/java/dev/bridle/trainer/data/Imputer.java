package dev.bridle.trainer.data;

import dev.bridle.trainer.spec.Imputation;
import java.util.Arrays;
import java.util.List;

/**
 * Puts a value of its column where a feature is missing, which is where it is NaN.
 *
 * @param values of each column
 */
public record Imputer(float[] values) {

  /**
   * The mean or the median of each column's values that are there; of an even number of them the
   * median is the mean of the two in the middle.
   *
   * @param names of the columns
   * @throws DataException if a column has none
   */
  public static Imputer fitted(Rows rows, Imputation statistic, List<String> names) {
    float[] values = new float[rows.columns()];
    for (int column = 0; column < values.length; column++) {
      float[] present = present(rows, column);
      if (present.length == 0) {
        throw new DataException(
            "column '%s' has no value in the %d training rows: data.ignore can leave it out"
                .formatted(names.get(column), rows.count()));
      }
      values[column] = statistic == Imputation.MEAN ? mean(present) : median(present);
    }
    return new Imputer(values);
  }

  public Rows imputed(Rows rows) {
    float[] filled = rows.features().clone();
    for (int i = 0; i < filled.length; i++) {
      if (Float.isNaN(filled[i])) {
        filled[i] = values[i % rows.columns()];
      }
    }
    return new Rows(filled, rows.columns(), rows.targets());
  }

  private static float[] present(Rows rows, int column) {
    float[] present = new float[rows.count()];
    int count = 0;
    for (int i = column; i < rows.features().length; i += rows.columns()) {
      if (!Float.isNaN(rows.features()[i])) {
        present[count++] = rows.features()[i];
      }
    }
    return Arrays.copyOf(present, count);
  }

  private static float mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return (float) (sum / values.length);
  }

  private static float median(float[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1
        ? values[middle]
        : (float) (((double) values[middle - 1] + values[middle]) / 2);
  }
}
