package dev.bridle.trainer.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import dev.bridle.trainer.spec.Activation;

/** An activation function, unit by unit. */
public record Activate(String name, Activation activation) implements Layer {
  @Override
  public Block block() {
    return new LambdaBlock(list -> new NDList(apply(list.singletonOrThrow())), name);
  }

  @Override
  public String export(GraphBuilder graph, String input, Weights weights) {
    return graph.node(
        switch (activation) {
          case RELU -> "Relu";
          case TANH -> "Tanh";
          case SIGMOID -> "Sigmoid";
          case SELU -> "Selu";
        },
        name,
        input);
  }

  private NDArray apply(NDArray x) {
    return switch (activation) {
      case RELU -> x.getNDArrayInternal().relu();
      case TANH -> x.tanh();
      case SIGMOID -> x.getNDArrayInternal().sigmoid();
      case SELU -> x.getNDArrayInternal().selu();
    };
  }
}
