package dev.bridle.trainer.model;

import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;

/** y = x W^T + b, with W [units, inputs] and b [units]. */
public record Dense(String name, int units) implements Layer {
  @Override
  public RowShape shape(RowShape input) {
    return RowShape.units(units);
  }

  @Override
  public long weights(RowShape input) {
    return (input.values() + 1) * units;
  }

  @Override
  public Block block() {
    return Linear.builder().setUnits(units).build();
  }

  @Override
  public String export(GraphBuilder graph, String input, Weights weights) {
    String weight = graph.tensor(weights.tensor(name + ".weight"));
    String bias = graph.tensor(weights.tensor(name + ".bias"));
    return graph.node("Gemm", name, GraphBuilder.integer("transB", 1), input, weight, bias);
  }
}
