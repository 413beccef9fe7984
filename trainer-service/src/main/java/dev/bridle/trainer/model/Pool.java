package dev.bridle.trainer.model;

import static ai.djl.nn.pooling.Pool.avgPool2dBlock;
import static ai.djl.nn.pooling.Pool.maxPool2dBlock;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import dev.bridle.trainer.spec.Pooling;
import java.util.List;

/**
 * The greatest, or the mean, of each square window of a map. Windows do not overlap; what is left
 * over at the bottom and at the right is dropped.
 *
 * @param window its height, width and stride
 */
public record Pool(String name, Pooling pooling, int window) implements Layer {
  @Override
  public RowShape shape(RowShape input) {
    return RowShape.maps(input.channels(), input.height() / window, input.width() / window);
  }

  @Override
  public Block block() {
    Shape size = new Shape(window, window);
    return switch (pooling) {
      case MAX -> maxPool2dBlock(size, size);
      case AVERAGE -> avgPool2dBlock(size, size);
    };
  }

  @Override
  public String export(GraphBuilder graph, String input, Weights weights) {
    return graph.node(
        switch (pooling) {
          case MAX -> "MaxPool";
          case AVERAGE -> "AveragePool";
        },
        name,
        List.of(
            GraphBuilder.integers("kernel_shape", List.of(window, window)),
            GraphBuilder.integers("strides", List.of(window, window))),
        input);
  }
}
