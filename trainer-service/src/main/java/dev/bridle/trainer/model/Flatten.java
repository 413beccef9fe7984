package dev.bridle.trainer.model;

import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;

/** Maps become units, channel by channel: [rows, channels, height, width] to [rows, units]. */
public record Flatten(String name) implements Layer {
  @Override
  public RowShape shape(RowShape input) {
    return RowShape.units(Math.toIntExact(input.values()));
  }

  @Override
  public Block block() {
    return new LambdaBlock(
        list -> {
          var x = list.singletonOrThrow();
          return new NDList(x.reshape(x.getShape().get(0), -1));
        },
        name);
  }

  @Override
  public String export(GraphBuilder graph, String input, Weights weights) {
    return graph.node("Flatten", name, GraphBuilder.integer("axis", 1), input);
  }
}
