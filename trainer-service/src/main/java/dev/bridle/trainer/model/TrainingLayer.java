package dev.bridle.trainer.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.function.UnaryOperator;

/**
 * Noise that exists in training alone: elsewhere, and in the exported graph, it is the identity.
 *
 * @param noise a function of the values, [rows, …], of the same shape; it draws from the engine's
 *     current seed
 */
public record TrainingLayer(String name, UnaryOperator<NDArray> noise) implements Layer {
  @Override
  public boolean addsNoise() {
    return true;
  }

  @Override
  public Block block() {
    return new NoiseBlock(noise);
  }

  @Override
  public String export(GraphBuilder graph, String input, Weights weights) {
    return input;
  }

  private static final class NoiseBlock extends AbstractBlock {
    private final UnaryOperator<NDArray> noise;

    NoiseBlock(UnaryOperator<NDArray> noise) {
      this.noise = noise;
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store,
        NDList inputs,
        boolean training,
        PairList<String, Object> parameters) {
      return training ? new NDList(noise.apply(inputs.singletonOrThrow())) : inputs;
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      return inputs;
    }
  }
}
