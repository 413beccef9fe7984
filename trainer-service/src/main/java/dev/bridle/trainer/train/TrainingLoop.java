package dev.bridle.trainer.train;

import ai.djl.ndarray.NDManager;
import dev.bridle.events.MetricNames;
import dev.bridle.events.TrainingOutcome;
import dev.bridle.trainer.data.PreparedData;
import dev.bridle.trainer.head.Heads;
import dev.bridle.trainer.model.EngineNetwork;
import dev.bridle.trainer.model.Network;
import dev.bridle.trainer.regularization.Regularization;
import dev.bridle.trainer.spec.RunSpec;
import dev.bridle.trainer.spec.TrainingSpec;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

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
  private final Measured measured;
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
    this(network, data, heads, run, regularization, Measured.EVERYTHING);
  }

  /**
   * @param measured what epochs tell
   */
  public TrainingLoop(
      EngineNetwork network,
      PreparedData data,
      Heads heads,
      RunSpec run,
      Regularization regularization,
      Measured measured) {
    this.network = network;
    this.data = data;
    this.heads = heads;
    this.run = run;
    this.measured = measured;
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
      Steps steps = new Steps(network, batches, heads, run, optimizer, measured);
      Measurements measurements = new Measurements(network, data, heads, run, measured);
      while (true) {
        EpochRecord record = epoch(++epoch, steps, measurements);
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

  private EpochRecord epoch(int epoch, Steps steps, Measurements measurements) {
    long began = System.nanoTime();
    Map<String, Double> metrics = new TreeMap<>();
    double rate = learningRate(epoch);
    metrics.put(
        MetricNames.TRAINING_LOSS, steps.train(epoch, rate, dials.regularization(), metrics));
    double trainingSeconds = seconds(began);
    measurements.measure(metrics);
    metrics.put(MetricNames.LEARNING_RATE, rate);
    metrics.put(MetricNames.SAMPLES_PER_SECOND, data.training().count() / trainingSeconds);
    metrics.put(MetricNames.EPOCH_SECONDS, seconds(began));
    return new EpochRecord(epoch, metrics);
  }

  private double learningRate(int epoch) {
    return dials.learningRate() * spec.schedule().factor(epoch, spec.epochs());
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
