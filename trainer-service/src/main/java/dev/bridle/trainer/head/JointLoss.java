package dev.bridle.trainer.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What training minimizes: the losses of all heads as one. */
final class JointLoss {
  private final List<Head> heads;

  JointLoss(List<Head> heads) {
    this.heads = heads;
  }

  /**
   * The mean loss over the rows, a scalar: the sum of the heads', each times its weight; or, with
   * s_h = ln variance learned, the sum of likelihood_h e^-s_h loss_h + s_h / 2. Source: Kendall,
   * Gal and Cipolla, Multi-Task Learning Using Uncertainty to Weigh Losses, 2018.
   *
   * @param logVariances s, [heads]; empty where the weights are fixed
   */
  NDArray of(NDArray outputs, NDArray targets, Optional<NDArray> logVariances) {
    List<NDArray> parts = split(outputs);
    List<NDArray> wanted = split(targets);
    NDList losses = new NDList();
    for (int i = 0; i < heads.size(); i++) {
      losses.add(heads.get(i).loss(parts.get(i), wanted.get(i)));
    }
    return logVariances.map(s -> uncertain(losses, s)).orElseGet(() -> weighted(losses));
  }

  private NDArray weighted(NDList losses) {
    NDArray sum = null;
    for (int i = 0; i < heads.size(); i++) {
      double weight = heads.get(i).weight();
      NDArray loss = weight == 1 ? losses.get(i) : losses.get(i).mul((float) weight);
      sum = sum == null ? loss : sum.add(loss);
    }
    return sum;
  }

  private NDArray uncertain(NDList losses, NDArray logVariances) {
    NDManager step = losses.get(0).getManager();
    // An array belongs to its first operand's manager: here the step's, which frees it.
    NDArray minusLog = step.zeros(logVariances.getShape()).sub(logVariances);
    float[] likelihoods = new float[heads.size()];
    for (int i = 0; i < likelihoods.length; i++) {
      likelihoods[i] = heads.get(i).likelihood();
    }
    return NDArrays.stack(losses)
        .mul(step.create(likelihoods))
        .mul(minusLog.exp())
        .sub(minusLog.mul(0.5f))
        .sum();
  }

  /** Targets of which a share goes to all classes alike. */
  NDArray smoothed(NDArray targets, double share) {
    List<NDArray> parts = split(targets);
    NDList smoothed = new NDList();
    for (int i = 0; i < heads.size(); i++) {
      smoothed.add(heads.get(i).smoothed(parts.get(i), share));
    }
    return smoothed.size() == 1 ? smoothed.get(0) : NDArrays.concat(smoothed, 1);
  }

  private List<NDArray> split(NDArray columns) {
    if (heads.size() == 1) {
      return List.of(columns);
    }
    List<NDArray> parts = new ArrayList<>();
    int from = 0;
    for (Head head : heads) {
      parts.add(columns.get(new NDIndex(":, {}:{}", from, from + head.outputs())));
      from += head.outputs();
    }
    return parts;
  }
}
