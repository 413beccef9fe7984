package dev.bridle.trainer.head;

import dev.bridle.trainer.data.DataException;
import dev.bridle.trainer.data.Rows;
import dev.bridle.trainer.spec.ClassWeights;
import java.util.List;

/** The weights of classes, scaled so that their mean over the training rows is 1. */
final class ClassScale {
  private ClassScale() {}

  /**
   * With n rows that have a label, n_c of class c of k, and v_c the weight that the spec names, w_c
   * = v_c n / sum_i v_i n_i. Balanced is v_c = 1 / n_c, hence w_c = n / (k n_c) where all classes
   * have rows; one that has none weighs 1.
   *
   * @param labels of the training rows
   * @throws DataException if a class is named that there isn't
   */
  static float[] of(ClassWeights spec, List<String> classes, int[] labels) {
    for (String named : spec.weights().keySet()) {
      if (!classes.contains(named)) {
        throw new DataException(
            "heads.classWeights should name classes of the data: was '%s', they are %s"
                .formatted(named, String.join(", ", classes)));
      }
    }
    int[] rows = new int[classes.size()];
    int all = 0;
    for (int label : labels) {
      if (label != Rows.UNLABELED) {
        rows[label]++;
        all++;
      }
    }
    double[] weights = new double[rows.length];
    double sum = 0;
    for (int c = 0; c < rows.length; c++) {
      weights[c] =
          spec.balanced() ? 1.0 / rows[c] : spec.weights().getOrDefault(classes.get(c), 1.0);
      sum += rows[c] == 0 ? 0 : weights[c] * rows[c];
    }
    float[] scaled = new float[rows.length];
    for (int c = 0; c < rows.length; c++) {
      scaled[c] = rows[c] == 0 ? 1 : (float) (weights[c] * all / sum);
    }
    return scaled;
  }
}
