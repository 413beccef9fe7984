package dev.bridle.trainer.spec;

/**
 * A residual multilayer perceptron: a dense layer to {@code width} units, then blocks that add to
 * them what two dense layers make of them, as in Gorishniy et al., Revisiting Deep Learning Models
 * for Tabular Data, 2021.
 *
 * @param width units that the blocks pass on, 1 to 8192: 128
 * @param blocks 1 to 32: 2
 * @param hidden units within a block, 1 to 8192: {@code width}
 * @param activation within each block and behind the last: {@code relu}
 * @param batchNorm whether what enters a block, and what leaves the last, is normalized: true
 * @param dropout the share of the units behind each activation that are dropped in training, in [0,
 *     1): 0
 */
public record ResidualSpec(
    Integer width,
    Integer blocks,
    Integer hidden,
    Activation activation,
    Boolean batchNorm,
    Double dropout)
    implements ModelSpec {
  private static final int MOST_BLOCKS = 32;

  public ResidualSpec {
    width = Require.between("model.width", 1, MlpSpec.MOST_UNITS, Require.orElse(width, 128));
    blocks = Require.between("model.blocks", 1, MOST_BLOCKS, Require.orElse(blocks, 2));
    hidden = Require.between("model.hidden", 1, MlpSpec.MOST_UNITS, Require.orElse(hidden, width));
    activation = Require.orElse(activation, Activation.RELU);
    batchNorm = Require.orElse(batchNorm, true);
    dropout = Require.from("model.dropout", 0, 1, Require.orElse(dropout, 0.0));
  }

  @Override
  public boolean normalizesBatches() {
    return batchNorm;
  }
}
