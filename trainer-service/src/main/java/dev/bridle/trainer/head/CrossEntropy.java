package dev.bridle.trainer.head;

import ai.djl.ndarray.NDArray;

/** The loss of classification. */
final class CrossEntropy {
  private CrossEntropy() {}

  /**
   * Mean over the rows of -sum_c t_c ln softmax(z)_c, in nats; with t one-hot the mean negative
   * log-likelihood. NaN if a logit is.
   *
   * @param logits z, [rows, classes]
   * @param targets t, [rows, classes], each row's sum 1
   */
  static NDArray of(NDArray logits, NDArray targets) {
    return logits.logSoftmax(1).mul(targets).sum().div(-logits.getShape().get(0));
  }

  /**
   * The same over the rows that have a label; 0 if none has.
   *
   * @param targets each row's sum 1, or 0 without a label
   */
  static NDArray ofLabeled(NDArray logits, NDArray targets) {
    NDArray labeled = targets.sum().maximum(1);
    return logits.logSoftmax(1).mul(targets).sum().div(labeled).neg();
  }
}
