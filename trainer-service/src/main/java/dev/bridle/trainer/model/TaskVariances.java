package dev.bridle.trainer.model;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;

/**
 * The logarithms of the tasks' variances, which the loss learns to weigh the tasks by; its values
 * pass, and the exported graph has no trace of it.
 *
 * @param tasks how many
 */
public record TaskVariances(String name, int tasks) implements Layer {
  static final String PARAMETER = "logVariance";

  @Override
  public long weights(RowShape input) {
    return tasks;
  }

  @Override
  public Block block() {
    return new Passing(tasks);
  }

  @Override
  public String export(GraphBuilder graph, String input, Weights weights) {
    return input;
  }

  private static final class Passing extends AbstractBlock {
    Passing(int tasks) {
      Parameter variances =
          Parameter.builder()
              .setName(PARAMETER)
              .setType(Parameter.Type.OTHER)
              .optInitializer(Initializer.ZEROS)
              .build();
      variances.setShape(new Shape(tasks));
      addParameter(variances);
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store,
        NDList inputs,
        boolean training,
        PairList<String, Object> parameters) {
      return inputs;
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      return inputs;
    }
  }
}
