package dev.bridle.trainer.runs;

import dev.bridle.events.RunId;
import dev.bridle.trainer.data.DatasetsFolder;
import dev.bridle.trainer.model.Network;
import dev.bridle.trainer.regularization.Regularization;
import dev.bridle.trainer.spec.ImageSpec;
import dev.bridle.trainer.spec.RunSpec;
import dev.bridle.trainer.spec.SpecJson;
import dev.bridle.trainer.train.Checkpoint;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Lets runs into the queue: new ones, and continuations of others. */
final class Submissions {
  private final RunQueue queue;
  private final RunBook book;
  private final RunFolders folders;
  private final DatasetsFolder datasets;
  private final Announcements announcements;
  private final Clock clock;
  private final RunIds ids;

  Submissions(
      RunQueue queue,
      RunBook book,
      RunFolders folders,
      DatasetsFolder datasets,
      Announcements announcements,
      Clock clock) {
    this.queue = queue;
    this.book = book;
    this.folders = folders;
    this.datasets = datasets;
    this.announcements = announcements;
    this.clock = clock;
    this.ids = new RunIds(clock);
  }

  synchronized Run submit(RunSpec spec, Optional<String> idempotencyKey) {
    Optional<RunId> before = idempotencyKey.flatMap(queue::submittedWith);
    return before.isPresent()
        ? same(before.get(), spec)
        : accept(spec, idempotencyKey, fresh -> {});
  }

  /** Submits all of them, or none. */
  synchronized List<Run> submitAll(List<RunSpec> specs) {
    specs.forEach(this::requireTrainable);
    requireRoom(specs.size());
    return specs.stream().map(spec -> submit(spec, Optional.empty())).toList();
  }

  synchronized Run branch(Run source, byte[] changes) {
    Checkpoint checkpoint =
        source
            .checkpoint()
            .orElseThrow(
                () -> new RunConflictException(source.state(), "branched: it has no checkpoint"));
    RunSpec spec = SpecJson.merged(source.spec(), changes);
    Branches.require(source.spec(), spec, checkpoint.epoch());
    return accept(
        spec,
        Optional.empty(),
        fresh -> fresh.goOnFrom(Branches.start(checkpoint), source.epochs()));
  }

  /**
   * @param preparation of the run's files, which are there before anyone can claim it
   */
  private Run accept(RunSpec spec, Optional<String> idempotencyKey, Consumer<Run> preparation) {
    requireTrainable(spec);
    requireRoom(1);
    RunId id = ids.next(spec.name(), run -> !folders.reserve(run));
    Run run = Run.submitted(spec, id, idempotencyKey, folders.first(id), announcements, clock);
    preparation.accept(run);
    book.add(run);
    RunId accepted = queued(run);
    if (!accepted.equals(id)) {
      book.lose(id);
      return same(accepted, spec);
    }
    return run;
  }

  private RunId queued(Run run) {
    RunId id = run.state().run();
    // Whoever claims it at once says so after this.
    synchronized (run) {
      try {
        RunId accepted = queue.submit(id, run.state().idempotencyKey());
        if (accepted.equals(id)) {
          run.announcePhase();
        }
        return accepted;
      } catch (RunQueueAwayException e) {
        // If it was submitted after all, it will be seen in the queue.
        book.lose(id);
        throw e;
      }
    }
  }

  private Run same(RunId before, RunSpec spec) {
    Run run = book.find(before).orElseThrow();
    if (!run.spec().equals(spec)) {
      throw new RunConflictException(
          "Idempotency-Key '%s' came with another spec before: it is run '%s'"
              .formatted(run.state().idempotencyKey().orElseThrow(), before));
    }
    return run;
  }

  private void requireTrainable(RunSpec spec) {
    datasets.require(spec.data());
    int features = spec.data().image().map(ImageSpec::features).orElse(1);
    Regularization.of(spec).regularized(Network.of(spec, features, 2));
  }

  private void requireRoom(int more) {
    int waiting = queue.waiting().size();
    if (waiting + more > queue.limit()) {
      throw new RunQueueFullException(queue.limit(), waiting, more);
    }
  }
}
