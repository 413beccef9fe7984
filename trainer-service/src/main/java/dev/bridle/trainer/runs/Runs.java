package dev.bridle.trainer.runs;

import dev.bridle.events.Phase;
import dev.bridle.events.RunId;
import dev.bridle.events.SignalIssued;
import dev.bridle.events.TrainingOutcome;
import dev.bridle.trainer.data.DatasetsFolder;
import dev.bridle.trainer.data.Sha256;
import dev.bridle.trainer.model.Network;
import dev.bridle.trainer.regularization.Regularization;
import dev.bridle.trainer.spec.ImageSpec;
import dev.bridle.trainer.spec.RunSpec;
import dev.bridle.trainer.spec.SpecJson;
import dev.bridle.trainer.train.Checkpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The runs of this trainer: those that wait, the one that trains, those that have ended. */
public final class Runs {
  private static final Logger LOG = Logger.getLogger(Runs.class);

  /** The artifact that says how good a run's model is. */
  public static final String REPORT = RunExecution.REPORT;

  private static final int MOST_CRASHES = 3;

  /** After which a trainer that has nothing to do looks whether it is to close. */
  private static final Duration MOMENT = Duration.ofMillis(200);

  private final Path folder;
  private final DatasetsFolder datasets;
  private final URI publicUrl;
  private final Runnable engine;
  private final Announcements announcements;
  private final Clock clock;
  private final RunIds ids;
  private final int queueLimit;
  private final Duration checkpointInterval;
  private final BlockingQueue<Run> queue;
  private final Map<RunId, Run> runs = new ConcurrentHashMap<>();
  private volatile boolean closing;

  /**
   * @param folder with a folder of each run's own
   * @param publicUrl under which others reach this trainer's REST
   * @param queueLimit runs that may wait
   * @param checkpointInterval between a run's checkpoints, by the clock, at the end of an epoch
   * @param engine loads the training engine, unless it is loaded
   */
  public Runs(
      Path folder,
      DatasetsFolder datasets,
      URI publicUrl,
      int queueLimit,
      Duration checkpointInterval,
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
    this.checkpointInterval = checkpointInterval;
    this.queue = new LinkedBlockingQueue<>();
  }

  /**
   * Takes up what an earlier process left: a run that was in progress, or waited, waits again, and
   * will go on from its checkpoint.
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
   * @param idempotencyKey the same submission with the same key again gives the same run
   * @throws RunQueueFullException if too many wait
   * @throws RunConflictException if the key came with another spec before
   * @throws dev.bridle.trainer.spec.InvalidFieldException if its data isn't there, the model is too
   *     large or doesn't fit the image, or a technique of regularization is unknown or doesn't fit
   */
  public synchronized RunView submit(RunSpec spec, Optional<String> idempotencyKey) {
    Optional<Run> before = idempotencyKey.flatMap(this::submittedWith);
    if (before.isPresent()) {
      Submission first = before.get().state().submission().orElseThrow();
      if (!first.specSha256().equals(Sha256.of(SpecJson.write(spec)))) {
        throw new RunConflictException(
            "Idempotency-Key '%s' came with another spec before: it is run '%s'"
                .formatted(first.key(), before.get().state().run()));
      }
      return view(before.get());
    }
    Run run = accepted(spec, idempotencyKey);
    queue.add(run);
    return view(run);
  }

  /**
   * Submits all of them, or none.
   *
   * @throws RunQueueFullException if together they are too many
   */
  public synchronized List<RunView> submitAll(List<RunSpec> specs) {
    specs.forEach(this::requireTrainable);
    requireRoom(specs.size());
    return specs.stream().map(spec -> submit(spec, Optional.empty())).toList();
  }

  /**
   * Another run with the run's spec, changed.
   *
   * @param changes a JSON merge patch (RFC 7396) of its spec
   */
  public synchronized Optional<RunView> cloned(RunId id, byte[] changes) {
    return run(id).map(run -> submit(SpecJson.merged(run.spec(), changes), Optional.empty()));
  }

  /**
   * Another run that goes on from the run's newest checkpoint, with its spec changed. Knobs stand
   * where the branch's spec puts them.
   *
   * @param changes a JSON merge patch (RFC 7396) of its spec
   * @throws RunConflictException if there is no checkpoint
   */
  public synchronized Optional<RunView> branched(RunId id, byte[] changes) {
    return run(id).map(run -> branched(run, changes));
  }

  private RunView branched(Run source, byte[] changes) {
    Checkpoint checkpoint =
        source
            .checkpoint()
            .orElseThrow(
                () -> new RunConflictException(source.state(), "branched: it has no checkpoint"));
    RunSpec spec = SpecJson.merged(source.spec(), changes);
    Branches.require(source.spec(), spec, checkpoint.epoch());
    Run branch = accepted(spec, Optional.empty());
    branch.goOnFrom(Branches.start(checkpoint), source.epochs());
    queue.add(branch);
    return view(branch);
  }

  private Run accepted(RunSpec spec, Optional<String> idempotencyKey) {
    requireTrainable(spec);
    requireRoom(1);
    RunId id = ids.next(spec.name(), runs::containsKey);
    Run run = Run.submitted(spec, id, idempotencyKey, runFolder(id), announcements, clock);
    runs.put(id, run);
    return run;
  }

  private void requireTrainable(RunSpec spec) {
    datasets.require(spec.data());
    int features = spec.data().image().map(ImageSpec::features).orElse(1);
    Regularization.of(spec).regularized(Network.of(spec, features, 2));
  }

  private void requireRoom(int more) {
    if (queue.size() + more > queueLimit) {
      throw new RunQueueFullException(queueLimit, queue.size(), more);
    }
  }

  private Optional<Run> submittedWith(String key) {
    return runs.values().stream()
        .filter(run -> run.state().submission().stream().anyMatch(s -> s.key().equals(key)))
        .findFirst();
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
              if (run.state().phase().isFinal()) {
                queue.remove(run);
              }
              return view(run);
            });
  }

  /** Frees the trainer after the run's epoch. */
  public Optional<RunView> pause(RunId id) {
    return run(id)
        .map(
            run -> {
              run.pause();
              queue.remove(run);
              return view(run);
            });
  }

  /** Ends a pause: the run waits for the trainer, and goes on from its checkpoint. */
  public Optional<RunView> resume(RunId id) {
    return run(id)
        .map(
            run -> {
              if (run.resume()) {
                queue.add(run);
              }
              return view(run);
            });
  }

  /** Lets the run that trains pause at a checkpoint after its epoch; no other begins. */
  void close() {
    closing = true;
  }

  boolean closing() {
    return closing;
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

  /**
   * Waits a moment for the next run, and trains it. What goes wrong is the run's outcome.
   *
   * @return whether there was one
   */
  boolean trainNext() throws InterruptedException {
    Run run = queue.poll(MOMENT.toMillis(), TimeUnit.MILLISECONDS);
    if (run == null || closing || run.state().phase() != Phase.QUEUED) {
      return false;
    }
    LOG.infof("run %s begins", run.state().run());
    try {
      engine.run();
      new RunExecution(
              run, datasets, publicUrl, announcements, clock, checkpointInterval, () -> closing)
          .execute();
    } catch (RuntimeException | OutOfMemoryError | LinkageError e) {
      LOG.warnf(e, "run %s failed", run.state().run());
      fail(run, Optional.ofNullable(e.getMessage()).filter(m -> !m.isBlank()).orElse(e.toString()));
    }
    LOG.infof(
        "run %s is %s%s",
        run.state().run(),
        run.state().phase(),
        run.state().latest().reason().map(reason -> ": " + reason).orElse(""));
    return true;
  }

  private void restore(RunFolder runFolder) {
    try {
      Run run = Run.restored(runFolder, announcements, clock);
      Phase phase = run.state().phase();
      runs.put(run.state().run(), run);
      if (phase == Phase.PREPARING || phase == Phase.RUNNING || phase == Phase.EXPORTING) {
        takeUp(run, phase);
      }
    } catch (RuntimeException e) {
      LOG.warnf("a run cannot be restored: %s", e.getMessage());
    }
  }

  private static void takeUp(Run run, Phase phase) {
    int crashes = run.state().crashes() + 1;
    String ended = "the trainer's process ended while the run was " + phase;
    if (crashes >= MOST_CRASHES) {
      fail(run, "%s, %d times at the same checkpoint".formatted(ended, crashes));
      return;
    }
    try {
      run.waitAgain(ended, crashes);
    } catch (UncheckedIOException e) {
      fail(run, ended + ", and its checkpoint cannot be read: " + e.getMessage());
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
    return RunView.of(run, place(run), publicUrl);
  }

  /** How many runs are taken before it, and it; empty unless it waits. */
  private OptionalInt place(Run run) {
    int before = List.copyOf(queue).indexOf(run);
    return before < 0 ? OptionalInt.empty() : OptionalInt.of(before + 1);
  }

  private RunFolder runFolder(RunId id) {
    return new RunFolder(folder.resolve(id.value()));
  }

  private static Comparator<Run> byAge() {
    return Comparator.comparing((Run run) -> run.state().transitions().get(0).time())
        .thenComparing(run -> run.state().run());
  }
}
