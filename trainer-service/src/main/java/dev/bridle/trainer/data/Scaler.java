package dev.bridle.trainer.data;

/**
 * Standardization per column: (x - mean) / deviation, in single precision, so that the same
 * operations in an exported graph give the same bits.
 *
 * @param deviation the population's standard deviation; 1 for a constant column
 */
public record Scaler(float[] mean, float[] deviation) {

  public static Scaler fitted(Rows rows) {
    int columns = rows.columns();
    double[] sum = new double[columns];
    double[] squares = new double[columns];
    for (int i = 0; i < rows.features().length; i++) {
      sum[i % columns] += rows.features()[i];
    }
    for (int i = 0; i < rows.features().length; i++) {
      double distance = rows.features()[i] - sum[i % columns] / rows.count();
      squares[i % columns] += distance * distance;
    }
    float[] mean = new float[columns];
    float[] deviation = new float[columns];
    for (int column = 0; column < columns; column++) {
      mean[column] = (float) (sum[column] / rows.count());
      deviation[column] = positive((float) Math.sqrt(squares[column] / rows.count()));
    }
    return new Scaler(mean, deviation);
  }

  public Rows standardized(Rows rows) {
    float[] scaled = new float[rows.features().length];
    for (int i = 0; i < scaled.length; i++) {
      int column = i % rows.columns();
      scaled[i] = (rows.features()[i] - mean[column]) / deviation[column];
    }
    return new Rows(scaled, rows.columns(), rows.labels());
  }

  private static float positive(float deviation) {
    return deviation > 0 ? deviation : 1;
  }
}
