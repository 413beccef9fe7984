package dev.bridle.trainer.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;

/**
 * Inverted dropout (Srivastava et al., 2014): in training each unit is zero with probability {@code
 * ratio}, the others are divided by 1 - ratio. Exported alive, for MC-dropout.
 *
 * @param ratio in (0, 1)
 */
public record DropUnits(String name, double ratio) implements LiveDropout {
  @Override
  public Block block() {
    return new TrainingLayer(name, this::dropped).block();
  }

  @Override
  public String export(GraphBuilder graph, String input, Weights weights) {
    return graph.dropout(name, input, ratio);
  }

  private NDArray dropped(NDArray x) {
    return x.mul(Mask.of(x.getShape(), ratio, 1 / (1 - ratio), x.getManager()));
  }
}
