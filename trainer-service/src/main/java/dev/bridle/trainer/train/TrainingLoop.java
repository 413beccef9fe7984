package dev.bridle.trainer.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.bridle.events.MetricNames;
import dev.bridle.events.TrainingOutcome;
import dev.bridle.trainer.data.PreparedData;
import dev.bridle.trainer.data.Seeds;
import dev.bridle.trainer.data.Shuffle;
import dev.bridle.trainer.head.Head;
import dev.bridle.trainer.head.Heads;
import dev.bridle.trainer.model.EngineNetwork;
import dev.bridle.trainer.model.EngineNetwork.EngineWeight;
import dev.bridle.trainer.model.ForwardPass;
import dev.bridle.trainer.model.Network;
import dev.bridle.trainer.model.Weights;
import dev.bridle.trainer.regularization.Batch;
import dev.bridle.trainer.regularization.Regularization;
import dev.bridle.trainer.regularization.StepContext;
import dev.bridle.trainer.spec.RunSpec;
import dev.bridle.trainer.spec.TrainingSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Trains a network by minibatches on the loss of its heads. The engine is reseeded before each step
 * from (seed, epoch, step), so that the same spec gives the same metrics, bit for bit, on the same
 * machine and number of threads. One loop at a time in a process: the engine's gradients and its
 * seed are global.
 */
public final class TrainingLoop {
  private final EngineNetwork network;
  private final PreparedData data;
  private final TrainingSpec spec;
  private final RunSpec run;
  private final Heads heads;
  private final Optimizer optimizer;
  private final Dials dials;
  private BestEpoch best = new BestEpoch(Optional.empty());
  private int epoch;

  /**
   * @param network with the layers that {@code regularization} asks for
   */
  public TrainingLoop(
      EngineNetwork network,
      PreparedData data,
      Heads heads,
      RunSpec run,
      Regularization regularization) {
    this.network = network;
    this.data = data;
    this.heads = heads;
    this.run = run;
    this.spec = run.training();
    this.optimizer = Optimizer.of(spec.optimizer());
    Network plain = Network.of(run, network.network().features(), heads.outputs());
    this.dials = new Dials(network, plain, regularization, spec.optimizer().learningRate());
  }

  /** Goes on after the checkpoint's epoch, as the loop that made it would have. */
  public void resume(Checkpoint checkpoint) {
    dials.restore(checkpoint.turns());
    network.restore(checkpoint.weights());
    optimizer.restore(checkpoint.optimizer());
    best = new BestEpoch(checkpoint.best());
    epoch = checkpoint.epoch();
  }

  /**
   * Trains until the plan, the observer or a loss that isn't finite ends it.
   *
   * @return empty if the observer wanted a pause
   */
  public Optional<TrainingResult> run(TrainingObserver observer) {
    try (NDManager manager = network.manager().newSubManager()) {
      Batches batches = new Batches(data, heads, run, manager);
      while (true) {
        EpochRecord record = epoch(++epoch, batches);
        best.consider(record, network, dials);
        observer.completed(record);
        Wish wish = wish(record, observer);
        observer.settled(wish, this::checkpoint);
        if (wish instanceof Wish.End end) {
          return Optional.of(conclude(end.outcome()));
        }
        if (wish instanceof Wish.Pause) {
          return Optional.empty();
        }
      }
    }
  }

  /** Ends where it is: the network takes the best epoch's weights and layers. */
  public TrainingResult conclude(TrainingOutcome outcome) {
    best.restoreTo(network, dials);
    OptionalInt bestEpoch =
        best.soFar().map(found -> OptionalInt.of(found.epoch())).orElse(OptionalInt.empty());
    return new TrainingResult(outcome, epoch, bestEpoch);
  }

  private Checkpoint checkpoint() {
    return new Checkpoint(epoch, network.weights(), optimizer.state(), dials.turns(), best.soFar());
  }

  private Wish wish(EpochRecord record, TrainingObserver observer) {
    if (!record.isFinite()) {
      return new Wish.End(new TrainingOutcome.Diverged(record.epoch()));
    }
    return record.epoch() == spec.epochs()
        ? new Wish.End(new TrainingOutcome.Completed())
        : observer.wish(record.epoch(), dials);
  }

  private EpochRecord epoch(int epoch, Batches batches) {
    long began = System.nanoTime();
    Map<String, Double> metrics = new TreeMap<>();
    metrics.put(MetricNames.TRAINING_LOSS, steps(epoch, batches, metrics));
    double trainingSeconds = seconds(began);
    List<Head.Quality> training = heads.quality(network.outputs(data.training()), data.training());
    float[] outputs = network.outputs(data.validation());
    List<Head.Quality> validation = heads.quality(outputs, data.validation());
    metrics.put(MetricNames.TRAINING_LOSS_CLEAN, heads.loss(training));
    metrics.put(MetricNames.VALIDATION_LOSS, heads.loss(validation));
    metrics.put(MetricNames.LEARNING_RATE, learningRate(epoch));
    metrics.putAll(heads.metrics(training, validation, outputs, data.validation()));
    network.logVariances().ifPresent(s -> metrics.putAll(heads.lossWeights(s.toFloatArray())));
    LayerHealth.measure(network, data.validation(), metrics);
    weightNorms(metrics);
    metrics.put(MetricNames.SAMPLES_PER_SECOND, data.training().count() / trainingSeconds);
    ProcessMemory.bytes().ifPresent(bytes -> metrics.put(MetricNames.MEMORY_BYTES, bytes));
    metrics.put(MetricNames.EPOCH_SECONDS, seconds(began));
    return new EpochRecord(epoch, metrics);
  }

  /** Returns the epoch's mean loss as it was trained. */
  private double steps(int epoch, Batches batches, Map<String, Double> metrics) {
    Step step = new Step(optimizer, dials.regularization(), network.learned());
    Map<String, Double> squaredNorms = new TreeMap<>();
    Map<String, Double> norms = new TreeMap<>();
    int[] order =
        Shuffle.of(
            IntStream.range(0, data.training().count()).toArray(),
            Seeds.of(run.seed(), Seeds.Purpose.SHUFFLE, epoch));
    int steps = 0;
    double penalties = 0;
    try (NDManager epochManager = batches.manager().newSubManager()) {
      NDArray total = epochManager.create(0f);
      for (int[] batch : Batches.cut(order, spec.batchSize(), leastRows())) {
        long stepSeed = Seeds.of(run.seed(), Seeds.Purpose.STEP, epoch, steps++);
        Engine.getInstance().setRandomSeed((int) stepSeed);
        squaredNorms.clear();
        List<float[]> gradients = gradients(batch, stepSeed, epochManager, batches, total);
        boolean last = batch[batch.length - 1] == order[order.length - 1];
        Optional<Weights> before = last ? Optional.of(network.learnedWeights()) : Optional.empty();
        penalties += step.apply(gradients, learningRate(epoch), squaredNorms) * batch.length;
        before.ifPresent(
            weights -> LayerHealth.updateRatios(weights, network.learnedWeights(), metrics));
        squaredNorms.forEach((layer, sum) -> norms.merge(layer, Math.sqrt(sum), Double::sum));
      }
      for (Map.Entry<String, Double> norm : norms.entrySet()) {
        metrics.put(MetricNames.gradientNorm(norm.getKey()), norm.getValue() / steps);
      }
      return (total.getFloat() + penalties) / order.length;
    }
  }

  /** Adds the batch's summed loss to {@code total}; all that it needs is freed when it returns. */
  private List<float[]> gradients(
      int[] rows, long stepSeed, NDManager parent, Batches batches, NDArray total) {
    List<EngineWeight> weights = network.learned();
    Regularization regularization = dials.regularization();
    try (NDManager manager = parent.newSubManager();
        Perturbation perturbed = new Perturbation(regularization, weights, manager);
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      StepContext step = new StepContext(manager, stepSeed, heads, batches.images());
      Batch batch = regularization.batch(batches.select(rows, manager), step);
      ForwardPass pass = network.trainingPass(batch.features());
      NDArray mean =
          regularization.penalized(
              heads.loss(pass.outputs(), batch.targets(), network.logVariances()), pass);
      collector.backward(mean);
      total.addi(mean.stopGradient().mul(rows.length));
      return weights.stream()
          .map(weight -> perturbed.gradientOf(weight, weight.takeGradient()))
          .toList();
    }
  }

  /** A variance over one row would be 0. */
  private int leastRows() {
    return run.model().normalizesBatches() ? 2 : 1;
  }

  private double learningRate(int epoch) {
    return dials.learningRate() * spec.schedule().factor(epoch, spec.epochs());
  }

  private void weightNorms(Map<String, Double> metrics) {
    Map<String, Double> squares = new TreeMap<>();
    for (EngineWeight weight : network.learned()) {
      squares.merge(weight.layer(), Norms.squared(weight.array().toFloatArray()), Double::sum);
    }
    squares.forEach((layer, sum) -> metrics.put(MetricNames.weightNorm(layer), Math.sqrt(sum)));
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
