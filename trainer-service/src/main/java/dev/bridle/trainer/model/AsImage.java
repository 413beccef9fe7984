package dev.bridle.trainer.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import dev.bridle.trainer.spec.ImageSpec;

/** A row's features become an image: [rows, features] to [rows, channels, height, width]. */
public record AsImage(String name, ImageSpec image) implements Layer {
  @Override
  public RowShape shape(RowShape input) {
    return RowShape.of(image);
  }

  @Override
  public Block block() {
    return new LambdaBlock(list -> new NDList(channelsLast(list.singletonOrThrow())), name);
  }

  @Override
  public String export(GraphBuilder graph, String input, Weights weights) {
    String shape =
        graph.integers(name + ".shape", 0, image.channels(), image.height(), image.width());
    return graph.node("Reshape", name, input, shape);
  }

  /**
   * The values of a pixel's channels side by side in memory, behind the shape that they have
   * anyway. All layers of maps keep to that, and the engine then pools several times quicker.
   */
  private NDArray channelsLast(NDArray x) {
    long rows = x.getShape().get(0);
    return x.reshape(RowShape.of(image).rows(rows))
        .transpose(0, 2, 3, 1)
        .reshape(rows, -1)
        .reshape(rows, image.height(), image.width(), image.channels())
        .transpose(0, 3, 1, 2);
  }
}
