package dev.bridle.benchmarks.training;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.RunId;
import dev.bridle.events.TrainingEvent;
import dev.bridle.trainer.data.DatasetsFolder;
import dev.bridle.trainer.runs.Announcements;
import dev.bridle.trainer.runs.LocalQueue;
import dev.bridle.trainer.runs.RunView;
import dev.bridle.trainer.runs.RunWorker;
import dev.bridle.trainer.runs.Runs;
import dev.bridle.trainer.runs.TrainingSetup;
import dev.bridle.trainer.spec.RunSpec;
import dev.bridle.trainer.stream.Spool;
import dev.bridle.trainer.stream.SpooledAnnouncements;
import dev.bridle.trainer.train.TorchEngine;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * A run as the service trains it, and after each of its epochs one of the bare loop, in one process
 * and on one engine. Prints for each pair the seconds of the run's epoch, from what it said of the
 * epoch before to what it says of this one, its events in the spool, its folder written,
 * checkpoints made; the seconds of the bare epoch; and the same two in processor time of the thread
 * that trains. Arguments: mlp or cnn, rows, pairs, batch size, threads, a folder.
 */
public final class PricedEpochs {
  private final Announcements spool;
  private final BareEpochs bare;
  private final int pairs;
  private final CountDownLatch ended = new CountDownLatch(1);
  private Moment since;

  private PricedEpochs(Announcements spool, BareEpochs bare, int pairs) {
    this.spool = spool;
    this.bare = bare;
    this.pairs = pairs;
  }

  public static void main(String[] arguments) throws InterruptedException {
    int pairs = Integer.parseInt(arguments[2]);
    Path folder = Path.of(arguments[5]);
    TorchEngine.load(
        Path.of(System.getProperty("user.home"), ".djl.ai"), Integer.parseInt(arguments[4]));
    DatasetsFolder data = new DatasetsFolder(folder.resolve("data"));
    NoiseImages.write(data.folder().resolve("noise"), Integer.parseInt(arguments[1]));
    RunSpec spec = Networks.spec(arguments[0], "noise", pairs, Integer.parseInt(arguments[3]));
    try (Spool spool = new Spool(folder.resolve("spool.mv"))) {
      PricedEpochs priced =
          new PricedEpochs(new SpooledAnnouncements(spool), BareEpochs.begin(spec, data), pairs);
      LocalQueue queue = new LocalQueue(1);
      Runs runs =
          new Runs(
              queue,
              folder.resolve("runs"),
              new TrainingSetup(
                  data, URI.create("http://127.0.0.1/"), Duration.ofSeconds(10), () -> {}),
              priced::announce,
              Clock.systemUTC());
      RunView run = runs.submit(spec, Optional.empty());
      new RunWorker(runs).start();
      priced.ended.await();
      requireEpochs(runs, run.run(), pairs);
    }
    System.exit(0);
  }

  private void announce(TrainingEvent event) {
    spool.announce(event);
    if (event instanceof EpochCompleted epoch) {
      Moment now = Moment.now();
      Moment.Span ofRun = since == null ? null : since.until(now);
      Moment.Span ofBare = bare.next();
      if (ofRun != null) {
        System.out.println(
            "%s %s %s %s"
                .formatted(
                    ofRun.seconds(), ofBare.seconds(), ofRun.processor(), ofBare.processor()));
      }
      since = Moment.now();
      if (epoch.epoch() == pairs) {
        ended.countDown();
      }
    }
  }

  private static void requireEpochs(Runs runs, RunId run, int pairs) {
    int trained = runs.metrics(run).orElseThrow().epochs().size();
    if (trained != pairs) {
      throw new IllegalStateException("the run has %d epochs of %d".formatted(trained, pairs));
    }
  }
}
