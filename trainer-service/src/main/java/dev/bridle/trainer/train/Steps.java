package dev.bridle.trainer.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.bridle.trainer.data.Seeds;
import dev.bridle.trainer.data.Shuffle;
import dev.bridle.trainer.head.Heads;
import dev.bridle.trainer.model.EngineNetwork;
import dev.bridle.trainer.model.EngineWeight;
import dev.bridle.trainer.model.ForwardPass;
import dev.bridle.trainer.model.Weights;
import dev.bridle.trainer.regularization.Batch;
import dev.bridle.trainer.regularization.Regularization;
import dev.bridle.trainer.regularization.StepContext;
import dev.bridle.trainer.spec.RunSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The minibatch steps of an epoch. The engine is reseeded before each from (seed, epoch, step). */
final class Steps {
  private final EngineNetwork network;
  private final Batches batches;
  private final Heads heads;
  private final RunSpec run;
  private final Optimizer optimizer;
  private final Measured measured;

  Steps(
      EngineNetwork network,
      Batches batches,
      Heads heads,
      RunSpec run,
      Optimizer optimizer,
      Measured measured) {
    this.network = network;
    this.batches = batches;
    this.heads = heads;
    this.run = run;
    this.optimizer = optimizer;
    this.measured = measured;
  }

  /**
   * @param metrics receives what is measured of the gradients and of the last update
   * @return the epoch's mean loss as it was trained
   */
  double train(
      int epoch, double learningRate, Regularization regularization, Map<String, Double> metrics) {
    List<EngineWeight> weights = network.learned();
    Step step = new Step(optimizer, regularization, weights);
    int[] order =
        Shuffle.of(
            IntStream.range(0, batches.rows()).toArray(),
            Seeds.of(run.seed(), Seeds.Purpose.SHUFFLE, epoch));
    List<int[]> cut = Batches.cut(order, run.training().batchSize(), leastRows());
    GradientNorms norms = new GradientNorms();
    double total = 0;
    try (NDManager manager = batches.manager().newSubManager()) {
      for (int i = 0; i < cut.size(); i++) {
        int[] rows = cut.get(i);
        long seed = Seeds.of(run.seed(), Seeds.Purpose.STEP, epoch, i);
        Engine.getInstance().setRandomSeed((int) seed);
        Backward backward = backward(rows, seed, manager, regularization, weights);
        List<float[]> gradients = backward.gradients();
        if (measured == Measured.EVERYTHING && GradientNorms.watches(i, cut.size())) {
          norms.add(weights, gradients);
        }
        boolean watched = measured == Measured.EVERYTHING && i == cut.size() - 1;
        Optional<Weights> before =
            watched ? Optional.of(network.learnedWeights()) : Optional.empty();
        total += (backward.loss() + step.apply(gradients, learningRate)) * rows.length;
        before.ifPresent(old -> LayerHealth.updateRatios(old, network.learnedWeights(), metrics));
      }
      norms.report(metrics);
      return total / order.length;
    }
  }

  /**
   * @param loss the batch's mean, with penalties on activations
   * @param gradients of the weights, in their order
   */
  private record Backward(double loss, List<float[]> gradients) {}

  /** All that it needs is freed when it returns. */
  private Backward backward(
      int[] rows,
      long seed,
      NDManager parent,
      Regularization regularization,
      List<EngineWeight> weights) {
    try (NDManager manager = parent.newSubManager();
        Perturbation perturbed = new Perturbation(regularization, weights, manager);
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      StepContext step = new StepContext(manager, seed, heads, batches.images());
      Batch batch = regularization.batch(batches.select(rows, manager), step);
      ForwardPass pass = network.trainingPass(batch.features());
      NDArray mean =
          regularization.penalized(
              heads.loss(pass.outputs(), batch.targets(), network.logVariances()), pass);
      collector.backward(mean);
      return new Backward(
          mean.getFloat(),
          weights.stream()
              .map(weight -> perturbed.gradientOf(weight, weight.takeGradient()))
              .toList());
    }
  }

  /** A variance over one row would be 0. */
  private int leastRows() {
    return run.model().normalizesBatches() ? 2 : 1;
  }
}
