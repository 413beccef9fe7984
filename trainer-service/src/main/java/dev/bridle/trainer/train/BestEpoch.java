package dev.bridle.trainer.train;

import dev.bridle.trainer.model.EngineNetwork;
import dev.bridle.trainer.model.Network;
import dev.bridle.trainer.model.Weights;
import java.util.OptionalInt;

/** The epoch with the lowest finite validation loss, the earliest of equals, and its weights. */
final class BestEpoch {
  private int epoch;
  private double loss = Double.POSITIVE_INFINITY;
  private Weights weights;
  private Network layers;

  void consider(EpochRecord record, EngineNetwork network) {
    if (record.isFinite() && record.validationLoss() < loss) {
      epoch = record.epoch();
      loss = record.validationLoss();
      weights = network.weights();
      layers = network.network();
    }
  }

  void restoreTo(EngineNetwork network) {
    if (weights != null) {
      network.become(layers);
      network.restore(weights);
    }
  }

  OptionalInt epoch() {
    return weights == null ? OptionalInt.empty() : OptionalInt.of(epoch);
  }
}
