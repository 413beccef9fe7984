package dev.bridle.trainer.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import dev.bridle.events.MetricNames;
import dev.bridle.events.TrainingOutcome;
import dev.bridle.trainer.data.PreparedData;
import dev.bridle.trainer.data.Rows;
import dev.bridle.trainer.data.Seeds;
import dev.bridle.trainer.data.Shuffle;
import dev.bridle.trainer.model.EngineNetwork;
import dev.bridle.trainer.model.EngineNetwork.EngineWeight;
import dev.bridle.trainer.spec.AdamSpec;
import dev.bridle.trainer.spec.TrainingSpec;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Trains a network by minibatches on softmax cross entropy. The engine is reseeded before each step
 * from (seed, epoch, step), so that the same spec gives the same metrics, bit for bit, on the same
 * machine and number of threads. One loop at a time in a process: the engine's gradients and its
 * seed are global.
 */
public final class TrainingLoop {
  private final EngineNetwork network;
  private final PreparedData data;
  private final TrainingSpec spec;
  private final String head;
  private final long seed;
  private final Optimizer optimizer;
  private final Loss loss = Loss.softmaxCrossEntropyLoss();

  /**
   * @param head the target's name in the metrics
   */
  public TrainingLoop(
      EngineNetwork network, PreparedData data, TrainingSpec spec, String head, long seed) {
    this.network = network;
    this.data = data;
    this.spec = spec;
    this.head = head;
    this.seed = seed;
    this.optimizer = new Adam((AdamSpec) spec.optimizer());
  }

  /** Trains until the plan, the observer or a loss that isn't finite ends it. */
  public TrainingResult run(TrainingObserver observer) {
    BestEpoch best = new BestEpoch();
    int epoch = 0;
    Optional<TrainingOutcome> outcome = Optional.empty();
    try (NDManager manager = network.manager().newSubManager()) {
      NDArray features = features(manager, data.training());
      NDArray labels = labels(manager, data.training());
      while (outcome.isEmpty()) {
        EpochRecord record = epoch(++epoch, manager, features, labels);
        best.consider(record, network);
        observer.completed(record);
        outcome = outcome(record, observer);
      }
    }
    best.restoreTo(network);
    return new TrainingResult(outcome.get(), epoch, best.epoch());
  }

  private Optional<TrainingOutcome> outcome(EpochRecord record, TrainingObserver observer) {
    if (!record.isFinite()) {
      return Optional.of(new TrainingOutcome.Diverged(record.epoch()));
    }
    return record.epoch() == spec.epochs()
        ? Optional.of(new TrainingOutcome.Completed())
        : observer.wishToEnd(record.epoch());
  }

  private EpochRecord epoch(int epoch, NDManager manager, NDArray features, NDArray labels) {
    long began = System.nanoTime();
    Map<String, Double> metrics = new TreeMap<>();
    metrics.put(MetricNames.TRAINING_LOSS, steps(epoch, manager, features, labels, metrics));
    double trainingSeconds = seconds(began);
    Evaluation training = Evaluation.of(network.logits(data.training()), data.training().labels());
    Evaluation validation =
        Evaluation.of(network.logits(data.validation()), data.validation().labels());
    metrics.put(MetricNames.TRAINING_LOSS_CLEAN, training.nll());
    metrics.put(MetricNames.VALIDATION_LOSS, validation.nll());
    metrics.put(MetricNames.LEARNING_RATE, optimizer.learningRate());
    metrics.putAll(validation.metrics(head));
    weightNorms(metrics);
    metrics.put(MetricNames.SAMPLES_PER_SECOND, data.training().count() / trainingSeconds);
    metrics.put(MetricNames.EPOCH_SECONDS, seconds(began));
    return new EpochRecord(epoch, metrics);
  }

  /** Returns the epoch's mean loss as it was trained. */
  private double steps(
      int epoch, NDManager manager, NDArray features, NDArray labels, Map<String, Double> metrics) {
    Step step = new Step(optimizer, network.engineWeights());
    Map<String, Double> squaredNorms = new TreeMap<>();
    Map<String, Double> norms = new TreeMap<>();
    int[] order =
        Shuffle.of(
            IntStream.range(0, data.training().count()).toArray(),
            Seeds.of(seed, Seeds.Purpose.SHUFFLE, epoch));
    int steps = 0;
    try (NDManager epochManager = manager.newSubManager()) {
      NDArray total = epochManager.create(0f);
      for (int from = 0; from < order.length; from += spec.batchSize()) {
        Engine.getInstance()
            .setRandomSeed((int) Seeds.of(seed, Seeds.Purpose.STEP, epoch, steps++));
        int[] batch =
            Arrays.copyOfRange(order, from, Math.min(order.length, from + spec.batchSize()));
        squaredNorms.clear();
        step.apply(gradients(batch, epochManager, features, labels, total), squaredNorms);
        squaredNorms.forEach((layer, sum) -> norms.merge(layer, Math.sqrt(sum), Double::sum));
      }
      for (Map.Entry<String, Double> norm : norms.entrySet()) {
        metrics.put(MetricNames.gradientNorm(norm.getKey()), norm.getValue() / steps);
      }
      return total.getFloat() / order.length;
    }
  }

  /** Adds the batch's summed loss to {@code total}; all that it needs is freed when it returns. */
  private List<float[]> gradients(
      int[] batch, NDManager parent, NDArray features, NDArray labels, NDArray total) {
    try (NDManager manager = parent.newSubManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      long[] rows = Arrays.stream(batch).asLongStream().toArray();
      NDArray index = manager.create(LongBuffer.wrap(rows), new Shape(rows.length), DataType.INT64);
      NDArray x = features.get(manager, new NDIndex("{}", index));
      NDArray y = labels.get(manager, new NDIndex("{}", index));
      NDArray mean = loss.evaluate(new NDList(y), new NDList(network.trainingLogits(x)));
      collector.backward(mean);
      total.addi(mean.stopGradient().mul(batch.length));
      return network.engineWeights().stream().map(EngineWeight::takeGradient).toList();
    }
  }

  private void weightNorms(Map<String, Double> metrics) {
    Map<String, Double> squares = new TreeMap<>();
    for (EngineWeight weight : network.engineWeights()) {
      squares.merge(weight.layer(), Norms.squared(weight.array().toFloatArray()), Double::sum);
    }
    squares.forEach((layer, sum) -> metrics.put(MetricNames.weightNorm(layer), Math.sqrt(sum)));
  }

  private static NDArray features(NDManager manager, Rows rows) {
    return manager.create(
        FloatBuffer.wrap(rows.features()),
        new Shape(rows.count(), rows.columns()),
        DataType.FLOAT32);
  }

  private static NDArray labels(NDManager manager, Rows rows) {
    long[] labels = Arrays.stream(rows.labels()).asLongStream().toArray();
    return manager.create(LongBuffer.wrap(labels), new Shape(labels.length), DataType.INT64);
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
