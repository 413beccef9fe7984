package dev.bridle.trainer.export;

import dev.bridle.trainer.model.Activate;
import dev.bridle.trainer.model.Dense;
import dev.bridle.trainer.model.DropUnits;
import dev.bridle.trainer.model.Layer;
import dev.bridle.trainer.model.Network;
import dev.bridle.trainer.model.TrainingLayer;
import dev.bridle.trainer.model.Weights;
import dev.bridle.trainer.spec.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A network without the hidden units that change nothing, as a proximal L1 step leaves them: those
 * that nothing behind them reads, for their outgoing weights are all zero, and those that are
 * always zero, for so are their incoming weights and what the activation makes of the bias. Answers
 * stay what they are, with dropout alive too: a dropped unit that is zero is as zero as before.
 *
 * @param units that are gone
 */
record Pruned(Network network, Weights weights, int units) {
  /** Looks again until nothing is left to drop, for a unit may have lived for another alone. */
  static Pruned of(Network network, Weights weights) {
    Pruned now = new Pruned(network, weights, 0);
    for (Pruned next = now.once(); next.units() > now.units(); next = now.once()) {
      now = next;
    }
    return now;
  }

  private Pruned once() {
    Pruned pruned = this;
    for (int at = 0; at < network.layers().size(); at++) {
      if (network.layers().get(at) instanceof Dense dense) {
        Optional<Dense> reader = reader(at);
        if (reader.isPresent()) {
          pruned = pruned.without(dense.name(), reader.get(), activation(at));
        }
      }
    }
    return pruned;
  }

  /** The dense layer that reads the one at {@code at} unit by unit, and alone. */
  private Optional<Dense> reader(int at) {
    List<Layer> layers = network.layers();
    for (int next = at + 1; next < layers.size(); next++) {
      String before = layers.get(next - 1).name();
      if (layers.stream().anyMatch(layer -> layer.shortcut().filter(before::equals).isPresent())) {
        return Optional.empty();
      }
      if (layers.get(next) instanceof Dense dense) {
        return Optional.of(dense);
      }
      boolean unitByUnit =
          layers.get(next) instanceof Activate
              || layers.get(next) instanceof DropUnits
              || layers.get(next) instanceof TrainingLayer;
      if (!unitByUnit) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private Optional<Activation> activation(int at) {
    for (int next = at + 1; !(network.layers().get(next) instanceof Dense); next++) {
      if (network.layers().get(next) instanceof Activate activate) {
        return Optional.of(activate.activation());
      }
    }
    return Optional.empty();
  }

  private Pruned without(String dense, Dense reader, Optional<Activation> activation) {
    Weights.Tensor incoming = weights.tensor(dense + ".weight");
    Weights.Tensor bias = weights.tensor(dense + ".bias");
    Weights.Tensor outgoing = weights.tensor(reader.name() + ".weight");
    int all = bias.values().length;
    int[] kept =
        IntStream.range(0, all)
            .filter(unit -> !column(outgoing, unit).allMatch(value -> value == 0))
            .filter(
                unit ->
                    !row(incoming, unit).allMatch(value -> value == 0)
                        || !isZero(activation, bias.values()[unit]))
            .toArray();
    if (kept.length == all || kept.length == 0) {
      return this;
    }
    List<Layer> layers = new ArrayList<>(network.layers());
    layers.replaceAll(layer -> layer.name().equals(dense) ? new Dense(dense, kept.length) : layer);
    int inputs = (int) incoming.shape()[1];
    return new Pruned(
        network.withLayers(layers),
        weights
            .with(tensor(incoming, kept.length, inputs, (u, i) -> kept[u] * inputs + i))
            .with(new Weights.Tensor(bias.name(), new long[] {kept.length}, chosen(bias, kept)))
            .with(tensor(outgoing, reader.units(), kept.length, (u, i) -> u * all + kept[i])),
        units + all - kept.length);
  }

  private static boolean isZero(Optional<Activation> activation, float bias) {
    return activation.isPresent()
        && switch (activation.get()) {
          case RELU -> bias <= 0;
          case TANH, SELU -> bias == 0;
          case SIGMOID -> false;
        };
  }

  private interface Place {
    int of(int row, int column);
  }

  private static Weights.Tensor tensor(Weights.Tensor old, int rows, int columns, Place place) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = old.values()[place.of(i / columns, i % columns)];
    }
    return new Weights.Tensor(old.name(), new long[] {rows, columns}, values);
  }

  private static float[] chosen(Weights.Tensor old, int[] kept) {
    float[] values = new float[kept.length];
    for (int i = 0; i < kept.length; i++) {
      values[i] = old.values()[kept[i]];
    }
    return values;
  }

  private static IntStream indices(int from, int step, int count) {
    return IntStream.range(0, count).map(i -> from + i * step);
  }

  private static DoubleStream row(Weights.Tensor matrix, int row) {
    int columns = (int) matrix.shape()[1];
    return indices(row * columns, 1, columns).mapToDouble(i -> matrix.values()[i]);
  }

  private static DoubleStream column(Weights.Tensor matrix, int column) {
    int columns = (int) matrix.shape()[1];
    return indices(column, columns, (int) matrix.shape()[0]).mapToDouble(i -> matrix.values()[i]);
  }
}
