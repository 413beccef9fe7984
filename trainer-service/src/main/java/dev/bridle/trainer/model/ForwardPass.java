package dev.bridle.trainer.model;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * What a network answered to a batch.
 *
 * @param outputs [rows, outputs]
 * @param activations the outputs of the hidden layers' activations, [rows, units] each, before any
 *     dropout or noise behind them
 */
public record ForwardPass(NDArray outputs, List<NDArray> activations) {
  public ForwardPass {
    activations = List.copyOf(activations);
  }
}
