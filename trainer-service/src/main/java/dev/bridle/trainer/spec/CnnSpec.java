package dev.bridle.trainer.spec;

import java.util.List;

/**
 * A convolutional network: blocks of convolutions, then dense hidden layers. It reads images, so
 * {@code data.image} is required with it.
 *
 * @param blocks 1 to 16: required
 * @param hidden units of each dense hidden layer, up to 16 layers of 1 to 8192: one of 64
 * @param activation after each convolution and each hidden layer: {@code relu}
 * @param pooling {@code max} or {@code average}: {@code max}
 * @param spatialDropout the share of each block's feature maps that are dropped in training, in [0,
 *     1): 0
 * @param dropout the share of each hidden layer's units that are dropped in training, in [0, 1): 0
 */
public record CnnSpec(
    List<ConvolutionSpec> blocks,
    List<Integer> hidden,
    Activation activation,
    Pooling pooling,
    Double spatialDropout,
    Double dropout)
    implements ModelSpec {
  private static final int MOST_BLOCKS = 16;

  public CnnSpec {
    blocks = List.copyOf(Require.present("model.blocks", blocks));
    Require.between("model.blocks (blocks)", 1, MOST_BLOCKS, blocks.size());
    for (int i = 0; i < blocks.size(); i++) {
      blocks.get(i).require("model.blocks[" + i + "]");
    }
    hidden = MlpSpec.requireHidden(Require.orElse(hidden, List.of(64)));
    activation = Require.orElse(activation, Activation.RELU);
    pooling = Require.orElse(pooling, Pooling.MAX);
    spatialDropout =
        Require.from("model.spatialDropout", 0, 1, Require.orElse(spatialDropout, 0.0));
    dropout = Require.from("model.dropout", 0, 1, Require.orElse(dropout, 0.0));
  }

  @Override
  public boolean normalizesBatches() {
    return blocks.stream().anyMatch(ConvolutionSpec::batchNorm);
  }
}
