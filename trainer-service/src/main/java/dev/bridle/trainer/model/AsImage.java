package dev.bridle.trainer.model;

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
    return new LambdaBlock(
        list -> {
          var x = list.singletonOrThrow();
          return new NDList(x.reshape(RowShape.of(image).rows(x.getShape().get(0))));
        },
        name);
  }

  @Override
  public String export(GraphBuilder graph, String input, Weights weights) {
    String shape =
        graph.integers(name + ".shape", 0, image.channels(), image.height(), image.width());
    return graph.node("Reshape", name, input, shape);
  }
}
