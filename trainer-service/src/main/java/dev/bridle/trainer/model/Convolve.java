package dev.bridle.trainer.model;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.convolutional.Conv2d;
import java.util.List;

/**
 * Cross-correlation with zeros beyond the edges, so that height and width stay; with W [channels,
 * inputs, kernel, kernel] and, where it has one, b [channels].
 *
 * @param kernel odd
 * @param bias whether it has b, which a normalization behind it would take away again
 */
public record Convolve(String name, int channels, int kernel, boolean bias) implements Layer {
  @Override
  public RowShape shape(RowShape input) {
    return RowShape.maps(channels, input.height(), input.width());
  }

  @Override
  public long weights(RowShape input) {
    return ((long) input.channels() * kernel * kernel + (bias ? 1 : 0)) * channels;
  }

  @Override
  public Block block() {
    return Conv2d.builder()
        .setFilters(channels)
        .setKernelShape(new Shape(kernel, kernel))
        .optPadding(new Shape(kernel / 2, kernel / 2))
        .optBias(bias)
        .build();
  }

  @Override
  public String export(GraphBuilder graph, String input, Weights weights) {
    String weight = graph.tensor(weights.tensor(name + ".weight"));
    int pad = kernel / 2;
    var attributes =
        List.of(
            GraphBuilder.integers("kernel_shape", List.of(kernel, kernel)),
            GraphBuilder.integers("pads", List.of(pad, pad, pad, pad)));
    return bias
        ? graph.node(
            "Conv", name, attributes, input, weight, graph.tensor(weights.tensor(name + ".bias")))
        : graph.node("Conv", name, attributes, input, weight);
  }
}
