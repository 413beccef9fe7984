package dev.bridle.trainer.runs;

import dev.bridle.events.RunId;
import dev.bridle.events.SignalIssued;
import dev.bridle.trainer.spec.RunSpec;
import dev.bridle.trainer.spec.SpecJson;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jboss.logging.Logger;

/** The runs that a trainer knows of: those that wait, those that train, those that have ended. */
public final class Runs {
  private static final Logger LOG = Logger.getLogger(Runs.class);

  /** The artifact that says how good a run's model is. */
  public static final String REPORT = RunExecution.REPORT;

  private final RunQueue queue;
  private final RunFolders folders;
  private final RunBook book;
  private final Submissions submissions;
  private final RunTraining training;
  private final URI publicUrl;
  private final Runnable engine;
  private final Announcements announcements;
  private final Clock clock;
  private volatile boolean closing;

  /**
   * @param folder with a folder of each run's own; shared by the trainers that share the queue
   */
  public Runs(
      RunQueue queue, Path folder, TrainingSetup setup, Announcements announcements, Clock clock) {
    this.queue = queue;
    this.folders = new RunFolders(folder);
    this.book = new RunBook(queue, folders, announcements, clock);
    this.submissions =
        new Submissions(queue, book, folders, setup.datasets(), announcements, clock);
    this.training = new RunTraining(queue, book, setup, announcements, clock, () -> closing);
    this.publicUrl = setup.publicUrl();
    this.engine = setup.engine();
    this.announcements = announcements;
    this.clock = clock;
  }

  /**
   * Takes up what an earlier process left: a run that was in progress, or waited, waits again, and
   * will go on from its checkpoint. How the last one ended is said again, for that process may not
   * have come to say it.
   *
   * @param queue this one, which remembers nothing
   */
  public void restore(LocalQueue queue) {
    List<Run> runs =
        folders.all().stream().flatMap(left -> restored(left).stream()).sorted(byAge()).toList();
    runs.forEach(
        run -> {
          book.add(run);
          queue.restored(run.state());
        });
    runs.stream()
        .max(Comparator.comparing(run -> run.state().latest().time()))
        .filter(run -> run.state().phase().isFinal())
        .ifPresent(Run::announcePhase);
  }

  private Optional<Run> restored(RunFolder left) {
    try {
      Run run = Run.restored(left, announcements, clock);
      if (run.isInProgress()) {
        run.goOn("the trainer's process ended while the run was " + run.state().phase());
      }
      return Optional.of(run);
    } catch (RuntimeException e) {
      LOG.warnf("a run cannot be restored: %s", e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * @param idempotencyKey the same submission with the same key again gives the same run
   * @throws RunQueueFullException if too many wait
   * @throws RunQueueAwayException if the queue does not answer
   * @throws RunConflictException if the key came with another spec before
   * @throws dev.bridle.trainer.spec.InvalidFieldException if its data isn't there, the model is too
   *     large or doesn't fit the image, or a technique of regularization is unknown or doesn't fit
   */
  public RunView submit(RunSpec spec, Optional<String> idempotencyKey) {
    return view(submissions.submit(spec, idempotencyKey));
  }

  /**
   * Submits all of them, or none.
   *
   * @throws RunQueueFullException if together they are too many
   */
  public List<RunView> submitAll(List<RunSpec> specs) {
    return submissions.submitAll(specs).stream().map(this::view).toList();
  }

  /**
   * Another run with the run's spec, changed.
   *
   * @param changes a JSON merge patch (RFC 7396) of its spec
   */
  public Optional<RunView> cloned(RunId id, byte[] changes) {
    return book.find(id).map(run -> submit(SpecJson.merged(run.spec(), changes), Optional.empty()));
  }

  /**
   * Another run that goes on from the run's newest checkpoint, with its spec changed. Knobs stand
   * where the branch's spec puts them.
   *
   * @param changes a JSON merge patch (RFC 7396) of its spec
   * @throws RunConflictException if there is no checkpoint
   */
  public Optional<RunView> branched(RunId id, byte[] changes) {
    return book.find(id).map(run -> view(submissions.branch(run, changes)));
  }

  /** All runs, the newest first. */
  public List<RunView> views() {
    return book.all().stream().sorted(byAge().reversed()).map(this::view).toList();
  }

  public Optional<RunView> view(RunId id) {
    return book.find(id).map(this::view);
  }

  public Optional<RunMetrics> metrics(RunId id) {
    return book.find(id).map(run -> RunMetrics.of(run.state(), run.epochs()));
  }

  /** The file of an artifact that the run has. */
  public Optional<Path> artifact(RunId id, String name) {
    return book.find(id)
        .filter(run -> run.state().artifact(name).isPresent())
        .map(run -> run.folder().artifactPath(name));
  }

  /** Ends a run that waits at once, one that trains after its epoch; others stay as they are. */
  public Optional<RunView> cancel(RunId id) {
    return change(id, Request.CANCEL);
  }

  /** Frees the trainer after the run's epoch. */
  public Optional<RunView> pause(RunId id) {
    return change(id, Request.PAUSE);
  }

  /** Ends a pause: the run waits for a trainer, and goes on from its checkpoint. */
  public Optional<RunView> resume(RunId id) {
    return change(id, Request.RESUME);
  }

  private Optional<RunView> change(RunId id, Request request) {
    Optional<Run> found = book.find(id);
    found.ifPresent(run -> change(run, request));
    return found.flatMap(run -> view(id));
  }

  private void change(Run run, Request request) {
    RunId id = run.state().run();
    if (queue.holds(id) || run.state().phase().isFinal()) {
      request.of(run);
      return;
    }
    queue
        .claim(id)
        .ifPresentOrElse(claim -> training.change(claim, request), () -> queue.ask(id, request));
  }

  /** Passes a signal to its run; signals of runs that other trainers have are passed over. */
  public void receive(SignalIssued signal) {
    book.receive(signal);
  }

  /** Runs that wait. */
  public int waiting() {
    return queue.waiting().size();
  }

  /** Lets the run that trains pause at a checkpoint after its epoch; no other begins. */
  void close() {
    closing = true;
  }

  boolean closing() {
    return closing;
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
    return training.next();
  }

  private RunView view(Run run) {
    return RunView.of(run, place(run), publicUrl);
  }

  /** How many runs are taken before it, and it; empty unless it waits. */
  private OptionalInt place(Run run) {
    int before = queue.waiting().indexOf(run.state().run());
    return before < 0 ? OptionalInt.empty() : OptionalInt.of(before + 1);
  }

  private static Comparator<Run> byAge() {
    return Comparator.comparing((Run run) -> run.state().transitions().get(0).time())
        .thenComparing(run -> run.state().run());
  }
}
