package dev.bridle.trainer.head;

import ai.djl.ndarray.NDArray;

/** The loss of classification. */
final class CrossEntropy {
  private CrossEntropy() {}

  /**
   * Mean over the rows of -sum_c w_c t_c ln softmax(z)_c, in nats; with t one-hot and w 1 the mean
   * negative log-likelihood. NaN if a logit is.
   *
   * @param logits z, [rows, classes]
   * @param targets t, [rows, classes], each row's sum 1
   * @param weights w of the classes; empty where all are 1
   */
  static NDArray of(NDArray logits, NDArray targets, float[] weights) {
    return logits
        .logSoftmax(1)
        .mul(weighted(targets, weights))
        .sum()
        .div(-logits.getShape().get(0));
  }

  /**
   * The same over the rows that have a label; 0 if none has.
   *
   * @param targets each row's sum 1, or 0 without a label
   */
  static NDArray ofLabeled(NDArray logits, NDArray targets, float[] weights) {
    NDArray labeled = targets.sum().maximum(1);
    return logits.logSoftmax(1).mul(weighted(targets, weights)).sum().div(labeled).neg();
  }

  private static NDArray weighted(NDArray targets, float[] weights) {
    return weights.length == 0 ? targets : targets.mul(targets.getManager().create(weights));
  }
}
