package dev.bridle.trainer.runs;

import dev.bridle.trainer.model.Network;
import dev.bridle.trainer.spec.InvalidFieldException;
import dev.bridle.trainer.spec.RunSpec;
import dev.bridle.trainer.train.Checkpoint;
import java.util.List;
import java.util.Optional;

/** What a run that goes on from another's checkpoint may do otherwise; pure. */
final class Branches {
  private Branches() {}

  /**
   * @param epoch the checkpoint's
   * @throws InvalidFieldException if the branch's weights, optimizer or splits would not be those
   *     that the checkpoint has
   */
  static void require(RunSpec source, RunSpec branch, int epoch) {
    same("data", source.data(), branch.data());
    same("heads", source.heads(), branch.heads());
    same("seed", source.seed(), branch.seed());
    same("model", layers(source), layers(branch));
    same(
        "training.optimizer.kind",
        source.training().optimizer().getClass(),
        branch.training().optimizer().getClass());
    if (branch.training().epochs() <= epoch) {
      throw new InvalidFieldException(
          "training.epochs",
          "should be above the checkpoint's epoch %d: was %d"
              .formatted(epoch, branch.training().epochs()));
    }
  }

  /** The checkpoint without the turns of its knobs, which are the other run's. */
  static Checkpoint start(Checkpoint checkpoint) {
    Optional<Checkpoint.Best> best =
        checkpoint
            .best()
            .map(
                found ->
                    new Checkpoint.Best(found.epoch(), found.validationLoss(), 0, found.weights()));
    return new Checkpoint(
        checkpoint.epoch(), checkpoint.weights(), checkpoint.optimizer(), List.of(), best);
  }

  /** Without the layers of techniques, which have no weights. */
  private static Network layers(RunSpec spec) {
    int features = spec.data().image().map(image -> image.features()).orElse(1);
    return Network.of(spec, features, 2);
  }

  private static void same(String field, Object source, Object branch) {
    if (!source.equals(branch)) {
      throw new InvalidFieldException(
          field, "should be that of the run it branches from: was another");
    }
  }
}
