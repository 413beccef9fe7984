package dev.bridle.trainer.model;

import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import java.util.Optional;

/**
 * x + the output of an earlier layer, of the same shape (He et al., 2016).
 *
 * @param from the earlier layer's name
 */
public record AddShortcut(String name, String from) implements Layer {
  @Override
  public Optional<String> shortcut() {
    return Optional.of(from);
  }

  @Override
  public Block block() {
    return new LambdaBlock(list -> new NDList(list.get(0).add(list.get(1))), name);
  }

  @Override
  public String export(GraphBuilder graph, String input, Weights weights) {
    return graph.node("Add", name, input, graph.outputOf(from));
  }
}
