package dev.bridle.trainer.spec;

import java.util.List;

/**
 * A multilayer perceptron.
 *
 * @param hidden units of each hidden layer, up to 16 layers of 1 to 8192: one of 128
 * @param activation after each hidden layer, {@code relu}, {@code tanh}, {@code sigmoid} or {@code
 *     selu}: {@code relu}
 * @param dropout the share of each hidden layer's units that are dropped in training, in [0, 1): 0
 */
public record MlpSpec(List<Integer> hidden, Activation activation, Double dropout)
    implements ModelSpec {
  static final MlpSpec DEFAULT = new MlpSpec(null, null, null);
  private static final int MOST_LAYERS = 16;
  static final int MOST_UNITS = 8192;

  public MlpSpec {
    hidden = requireHidden(Require.orElse(hidden, List.of(128)));
    activation = Require.orElse(activation, Activation.RELU);
    dropout = Require.from("model.dropout", 0, 1, Require.orElse(dropout, 0.0));
  }

  static List<Integer> requireHidden(List<Integer> hidden) {
    Require.between("model.hidden (layers)", 0, MOST_LAYERS, hidden.size());
    for (int i = 0; i < hidden.size(); i++) {
      Require.between("model.hidden[" + i + "]", 1, MOST_UNITS, hidden.get(i));
    }
    return List.copyOf(hidden);
  }
}
