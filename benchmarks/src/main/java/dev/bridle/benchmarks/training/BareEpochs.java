package dev.bridle.benchmarks.training;

import dev.bridle.trainer.data.DataFormats;
import dev.bridle.trainer.data.DatasetsFolder;
import dev.bridle.trainer.data.PreparedData;
import dev.bridle.trainer.head.Heads;
import dev.bridle.trainer.model.EngineNetwork;
import dev.bridle.trainer.model.Network;
import dev.bridle.trainer.regularization.Regularization;
import dev.bridle.trainer.spec.RunSpec;
import dev.bridle.trainer.train.Checkpoint;
import dev.bridle.trainer.train.EpochRecord;
import dev.bridle.trainer.train.Measured;
import dev.bridle.trainer.train.TrainingLoop;
import dev.bridle.trainer.train.TrainingObserver;
import dev.bridle.trainer.train.Wish;
import java.util.concurrent.SynchronousQueue;
import java.util.function.Supplier;

/**
 * The bare loop, an epoch whenever it is asked for: the same steps, the validation loss that any
 * early stopping needs, the best epoch's weights kept, and nothing else.
 */
final class BareEpochs implements TrainingObserver {
  private final SynchronousQueue<Moment.Span> done = new SynchronousQueue<>();
  private final SynchronousQueue<Boolean> wanted = new SynchronousQueue<>();
  private Moment began;

  private BareEpochs() {}

  static BareEpochs begin(RunSpec spec, DatasetsFolder folder) {
    BareEpochs epochs = new BareEpochs();
    PreparedData data =
        PreparedData.of(
            DataFormats.read(folder.data(spec.data()), spec.data(), Heads.columns(spec)),
            spec.data(),
            spec.seed());
    Thread thread = new Thread(() -> epochs.train(spec, data), "bare");
    thread.setDaemon(true);
    thread.start();
    return epochs;
  }

  /** Has one trained, and says what it took. */
  Moment.Span next() {
    try {
      wanted.put(true);
      return done.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void train(RunSpec spec, PreparedData data) {
    Heads heads = Heads.of(spec, data);
    Regularization regularization = Regularization.of(spec);
    awaitWish();
    Network network =
        regularization.regularized(Network.of(spec, Networks.PIXELS, heads.outputs()));
    try (EngineNetwork engine = new EngineNetwork(network, 1)) {
      new TrainingLoop(engine, data, heads, spec, regularization, Measured.LOSSES).run(this);
    }
  }

  @Override
  public void completed(EpochRecord epoch) {
    // The time ends where the epoch is settled.
  }

  @Override
  public void settled(Wish wish, Supplier<Checkpoint> checkpoint) {
    try {
      done.put(began.until(Moment.now()));
      if (wish instanceof Wish.GoOn) {
        awaitWish();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitWish() {
    try {
      wanted.take();
      began = Moment.now();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
