package dev.bridle.trainer.runs;

import dev.bridle.events.Phase;
import dev.bridle.events.RunId;
import dev.bridle.events.SignalIssued;
import dev.bridle.events.TrainingOutcome;
import dev.bridle.trainer.data.DatasetsFolder;
import dev.bridle.trainer.model.Network;
import dev.bridle.trainer.regularization.Regularization;
import dev.bridle.trainer.spec.ImageSpec;
import dev.bridle.trainer.spec.RunSpec;
import dev.bridle.trainer.spec.SpecJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The runs of this trainer: those that wait, the one that trains, those that have ended. */
public final class Runs {
  private static final Logger LOG = Logger.getLogger(Runs.class);

  private final Path folder;
  private final DatasetsFolder datasets;
  private final URI publicUrl;
  private final Runnable engine;
  private final Announcements announcements;
  private final Clock clock;
  private final RunIds ids;
  private final int queueLimit;
  private final BlockingQueue<Run> queue;
  private final Map<RunId, Run> runs = new ConcurrentHashMap<>();

  /**
   * @param folder with a folder of each run's own
   * @param publicUrl under which others reach this trainer's REST
   * @param engine loads the training engine, unless it is loaded
   */
  public Runs(
      Path folder,
      DatasetsFolder datasets,
      URI publicUrl,
      int queueLimit,
      Runnable engine,
      Announcements announcements,
      Clock clock) {
    this.folder = folder;
    this.datasets = datasets;
    this.publicUrl = publicUrl;
    this.engine = engine;
    this.announcements = announcements;
    this.clock = clock;
    this.ids = new RunIds(clock);
    this.queueLimit = queueLimit;
    this.queue = new LinkedBlockingQueue<>();
  }

  /**
   * Takes up what an earlier process left: a run that was in progress failed with it, one that
   * waited waits again.
   */
  public void restore() {
    try {
      Files.createDirectories(folder);
      try (Stream<Path> folders = Files.list(folder)) {
        folders.sorted().map(RunFolder::new).filter(RunFolder::hasState).forEach(this::restore);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("runs in " + folder, e);
    }
    runs.values().stream()
        .filter(run -> run.state().phase() == Phase.QUEUED)
        .sorted(byAge())
        .forEach(queue::add);
  }

  /**
   * @throws RunQueueFullException if too many wait
   * @throws dev.bridle.trainer.spec.InvalidFieldException if its data isn't there, the model is too
   *     large or doesn't fit the image, or a technique of regularization is unknown or doesn't fit
   */
  public synchronized RunView submit(RunSpec spec) {
    datasets.file(spec.data().uri());
    int features = spec.data().image().map(ImageSpec::features).orElse(1);
    Regularization.of(spec).regularized(Network.of(spec, features, 2));
    if (queue.size() >= queueLimit) {
      throw new RunQueueFullException(queueLimit);
    }
    RunId id = ids.next(spec.name(), runs::containsKey);
    Run run = Run.submitted(spec, SpecJson.write(spec), id, runFolder(id), announcements, clock);
    runs.put(id, run);
    queue.add(run);
    return view(run);
  }

  /** All runs, the newest first. */
  public List<RunView> views() {
    return runs.values().stream().sorted(byAge().reversed()).map(this::view).toList();
  }

  public Optional<RunView> view(RunId id) {
    return run(id).map(this::view);
  }

  public Optional<RunMetrics> metrics(RunId id) {
    return run(id).map(run -> RunMetrics.of(run.state(), run.epochs()));
  }

  /** The file of an artifact that the run has. */
  public Optional<Path> artifact(RunId id, String name) {
    return run(id)
        .filter(run -> run.state().artifacts().stream().anyMatch(a -> a.name().equals(name)))
        .map(run -> run.folder().artifactPath(name));
  }

  /** Ends a run that waits at once, one that trains after its epoch; others stay as they are. */
  public Optional<RunView> cancel(RunId id) {
    return run(id)
        .map(
            run -> {
              run.cancel();
              return view(run);
            });
  }

  /** Passes a signal to its run; signals of runs that other trainers have are passed over. */
  public void receive(SignalIssued signal) {
    run(signal.run()).ifPresent(run -> run.receive(signal));
  }

  /** Runs that wait. */
  public int waiting() {
    return queue.size();
  }

  /** Loads the engine ahead of the first run; if that fails, each run will say so. */
  void warmUp() {
    try {
      engine.run();
    } catch (RuntimeException | LinkageError e) {
      LOG.error("the training engine does not load", e);
    }
  }

  /** Waits for the next run, and trains it. What goes wrong is the run's outcome. */
  void trainNext() throws InterruptedException {
    Run run = queue.take();
    if (run.state().phase() != Phase.QUEUED) {
      return;
    }
    LOG.infof("run %s begins", run.state().run());
    try {
      engine.run();
      new RunExecution(run, datasets, publicUrl, announcements, clock).execute();
    } catch (RuntimeException | OutOfMemoryError | LinkageError e) {
      LOG.warnf(e, "run %s failed", run.state().run());
      fail(run, Optional.ofNullable(e.getMessage()).filter(m -> !m.isBlank()).orElse(e.toString()));
    }
    LOG.infof(
        "run %s is %s%s",
        run.state().run(),
        run.state().phase(),
        run.state().latest().reason().map(reason -> ": " + reason).orElse(""));
  }

  private void restore(RunFolder runFolder) {
    try {
      Run run = Run.restored(runFolder, announcements, clock);
      Phase phase = run.state().phase();
      runs.put(run.state().run(), run);
      if (phase != Phase.QUEUED && !phase.isFinal()) {
        fail(run, "the trainer's process ended while the run was " + phase);
      }
    } catch (RuntimeException e) {
      LOG.warnf("a run cannot be restored: %s", e.getMessage());
    }
  }

  private static void fail(Run run, String reason) {
    if (run.state().outcome().isEmpty()) {
      run.ended(new TrainingOutcome.Failed(reason));
    }
    if (!run.state().phase().isFinal()) {
      run.enter(Phase.FAILED, Optional.of(reason));
    }
  }

  private Optional<Run> run(RunId id) {
    return Optional.ofNullable(runs.get(id));
  }

  private RunView view(Run run) {
    return RunView.of(run, publicUrl);
  }

  private RunFolder runFolder(RunId id) {
    return new RunFolder(folder.resolve(id.value()));
  }

  private static Comparator<Run> byAge() {
    return Comparator.comparing((Run run) -> run.state().transitions().get(0).time())
        .thenComparing(run -> run.state().run());
  }
}
