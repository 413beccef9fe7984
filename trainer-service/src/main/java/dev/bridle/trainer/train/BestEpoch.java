package dev.bridle.trainer.train;

import dev.bridle.trainer.model.EngineNetwork;
import dev.bridle.trainer.train.Checkpoint.Best;
import java.util.Optional;

/** The epoch with the lowest finite validation loss, the earliest of equals, and its weights. */
final class BestEpoch {
  private Optional<Best> best;

  BestEpoch(Optional<Best> soFar) {
    best = soFar;
  }

  void consider(EpochRecord record, EngineNetwork network, Dials dials) {
    double loss = record.validationLoss();
    if (record.isFinite() && (best.isEmpty() || loss < best.get().validationLoss())) {
      int turns = dials.turns().size();
      best = Optional.of(new Best(record.epoch(), loss, turns, network.weights()));
    }
  }

  void restoreTo(EngineNetwork network, Dials dials) {
    best.ifPresent(
        found -> {
          network.become(dials.layersAfter(found.turns()));
          network.restore(found.weights());
        });
  }

  Optional<Best> soFar() {
    return best;
  }
}
