package dev.bridle.trainer.head;

import dev.bridle.events.MetricNames;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * How evenly rows spread over the classes, and how well the worst class is recognized.
 *
 * @param rows that have labels
 * @param ratio rows of the largest class divided by those of the smallest; infinite if a class has
 *     none
 * @param worstRecall the least, over the classes that have rows, of the share that is right
 */
record ClassBalance(int rows, double ratio, double worstRecall) {
  /**
   * @param logits row-major, one row a label
   */
  static ClassBalance of(float[] logits, int[] labels) {
    int classes = logits.length / labels.length;
    int[] members = new int[classes];
    int[] right = new int[classes];
    for (int row = 0; row < labels.length; row++) {
      members[labels[row]]++;
      if (Evaluation.greatest(logits, row * classes, classes) == labels[row]) {
        right[labels[row]]++;
      }
    }
    double worst = 1;
    for (int c = 0; c < classes; c++) {
      worst = members[c] == 0 ? worst : Math.min(worst, (double) right[c] / members[c]);
    }
    int largest = Arrays.stream(members).max().orElse(0);
    int smallest = Arrays.stream(members).min().orElse(0);
    return new ClassBalance(labels.length, (double) largest / smallest, worst);
  }

  /** The metrics of a head, by the names of the vocabulary. */
  Map<String, Double> metrics(String head) {
    return new TreeMap<>(
        Map.of(
            MetricNames.labeledRows(head), (double) rows,
            MetricNames.classRatio(head), ratio,
            MetricNames.worstRecall(head), worstRecall));
  }
}
