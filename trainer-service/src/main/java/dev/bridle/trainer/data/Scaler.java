package dev.bridle.trainer.data;

import dev.bridle.trainer.spec.ImageSpec;
import java.util.function.IntUnaryOperator;

/**
 * Standardization: (x - mean) / deviation, in single precision, so that the same operations in an
 * exported graph give the same bits.
 *
 * @param mean of each column
 * @param deviation the population's standard deviation of each column; 1 for a constant one
 */
public record Scaler(float[] mean, float[] deviation) {

  /** Each column by itself. */
  public static Scaler fitted(Rows rows) {
    return fitted(rows, rows.columns(), column -> column);
  }

  /**
   * All pixels of a channel together, so that a pixel means the same wherever it lies, and is no
   * outlier where a moved image brings it to an edge that was always empty.
   */
  public static Scaler fitted(Rows rows, ImageSpec image) {
    int pixels = image.height() * image.width();
    return fitted(rows, image.channels(), column -> column / pixels);
  }

  private static Scaler fitted(Rows rows, int groups, IntUnaryOperator groupOf) {
    int columns = rows.columns();
    double members = (double) rows.count() * columns / groups;
    double[] sum = new double[groups];
    double[] squares = new double[groups];
    for (int i = 0; i < rows.features().length; i++) {
      sum[groupOf.applyAsInt(i % columns)] += rows.features()[i];
    }
    for (int i = 0; i < rows.features().length; i++) {
      int group = groupOf.applyAsInt(i % columns);
      double distance = rows.features()[i] - sum[group] / members;
      squares[group] += distance * distance;
    }
    float[] mean = new float[columns];
    float[] deviation = new float[columns];
    for (int column = 0; column < columns; column++) {
      int group = groupOf.applyAsInt(column);
      mean[column] = (float) (sum[group] / members);
      deviation[column] = positive((float) Math.sqrt(squares[group] / members));
    }
    return new Scaler(mean, deviation);
  }

  public Rows standardized(Rows rows) {
    float[] scaled = new float[rows.features().length];
    for (int i = 0; i < scaled.length; i++) {
      int column = i % rows.columns();
      scaled[i] = (rows.features()[i] - mean[column]) / deviation[column];
    }
    return new Rows(scaled, rows.columns(), rows.targets());
  }

  private static float positive(float deviation) {
    return deviation > 0 ? deviation : 1;
  }
}
