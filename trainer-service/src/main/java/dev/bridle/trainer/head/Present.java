package dev.bridle.trainer.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.types.DataType;

/**
 * Targets of which some may be missing.
 *
 * @param values 0 where one is missing, so that no gradient meets a NaN
 * @param mask 1, or 0 where one is missing; of the same shape
 */
record Present(NDArray values, NDArray mask) {
  /**
   * @param targets NaN where one is missing
   */
  static Present of(NDArray targets) {
    NDArray missing = targets.isNaN();
    return new Present(
        NDArrays.where(missing, targets.zerosLike(), targets),
        missing.logicalNot().toType(DataType.FLOAT32, false));
  }

  /**
   * The mean over the rows of the sum over their columns, of those that are present; 0 if none is.
   *
   * @param each of the targets' shape
   */
  NDArray mean(NDArray each) {
    float columns = mask.getShape().get(1);
    return each.mul(mask).sum().div(mask.sum().div(columns).maximum(1 / columns));
  }
}
