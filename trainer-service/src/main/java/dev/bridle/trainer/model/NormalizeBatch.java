package dev.bridle.trainer.model;

import ai.djl.nn.Block;
import ai.djl.nn.norm.BatchNorm;
import java.util.List;

/**
 * Batch normalization (Ioffe and Szegedy, 2015): gamma (x - m) / sqrt(v + 1e-5) + beta for each
 * unit, or channel of maps. In training m and v are the batch's mean and variance; elsewhere, and
 * in the exported graph, the running ones, which every step moves by a tenth of the way to the
 * batch's. They are kept among the weights, though no gradient reaches them.
 */
public record NormalizeBatch(String name) implements Layer {
  private static final float EPSILON = 1e-5f;
  private static final float KEPT = 0.9f;

  @Override
  public long weights(RowShape input) {
    return 4L * input.channels();
  }

  @Override
  public Block block() {
    return BatchNorm.builder().optEpsilon(EPSILON).optMomentum(KEPT).build();
  }

  @Override
  public String export(GraphBuilder graph, String input, Weights weights) {
    return graph.node(
        "BatchNormalization",
        name,
        List.of(GraphBuilder.real("epsilon", EPSILON)),
        input,
        graph.tensor(weights.tensor(name + ".gamma")),
        graph.tensor(weights.tensor(name + ".beta")),
        graph.tensor(weights.tensor(name + ".runningMean")),
        graph.tensor(weights.tensor(name + ".runningVar")));
  }
}
