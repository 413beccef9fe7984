package dev.bridle.trainer.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.List;

/**
 * Inverted dropout of whole feature maps (Tompson et al., 2015): in training each map of each row
 * is zero with probability {@code ratio}, the others are divided by 1 - ratio. Exported alive, as
 * the product of the maps with a Dropout of ones [rows, channels, 1, 1].
 *
 * @param ratio in (0, 1)
 * @param channels maps of a row
 */
public record DropMaps(String name, double ratio, int channels) implements LiveDropout {
  @Override
  public Block block() {
    return new TrainingLayer(name, this::dropped).block();
  }

  @Override
  public String export(GraphBuilder graph, String input, Weights weights) {
    String shape =
        graph.node(
            "Concat",
            name + ".shape",
            GraphBuilder.integer("axis", 0),
            graph.rows(),
            graph.integers(name + ".map", channels, 1, 1));
    String ones = graph.node("ConstantOfShape", name + ".ones", List.of(GraphBuilder.one()), shape);
    String factors = graph.dropout(name + ".factors", ones, ratio);
    return graph.node("Mul", name, input, factors);
  }

  private NDArray dropped(NDArray x) {
    Shape maps = new Shape(x.getShape().get(0), channels, 1, 1);
    return x.mul(Mask.of(maps, ratio, 1 / (1 - ratio), x.getManager()));
  }
}
