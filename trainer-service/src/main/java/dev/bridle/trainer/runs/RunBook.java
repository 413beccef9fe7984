package dev.bridle.trainer.runs;

import dev.bridle.events.RunId;
import dev.bridle.events.SignalIssued;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The runs as this trainer knows them: those that it was the last to hold, live; those of others,
 * as their files tell.
 */
final class RunBook {
  private record Seen(String stamp, Run run) {}

  private final RunQueue queue;
  private final RunFolders folders;
  private final Announcements announcements;
  private final Clock clock;
  private final Mailbox mailbox = new Mailbox();
  private final Map<RunId, Run> mine = new ConcurrentHashMap<>();
  private final Map<RunId, Seen> others = new ConcurrentHashMap<>();

  RunBook(RunQueue queue, RunFolders folders, Announcements announcements, Clock clock) {
    this.queue = queue;
    this.folders = folders;
    this.announcements = announcements;
    this.clock = clock;
    queue.open(this::lose);
  }

  void add(Run run) {
    mine.put(run.state().run(), run);
  }

  Optional<Run> find(RunId run) {
    return Optional.ofNullable(mine.get(run))
        .or(() -> queue.runs().contains(run) ? Optional.of(another(run)) : Optional.empty());
  }

  List<Run> all() {
    return queue.runs().stream().flatMap(run -> find(run).stream()).toList();
  }

  /**
   * The run that was claimed, ready to be worked on. One that was in progress waits again, and will
   * go on from its checkpoint; one that has ended says so again, for its trainer may not have come
   * to say it.
   */
  Run open(Claim claim) {
    if (!claim.hasFilesOfItsOwn()) {
      return mine.get(claim.run());
    }
    Run run = Run.restored(folders.of(claim), announcements, clock);
    run.takenOver();
    others.remove(claim.run());
    mine.put(claim.run(), run);
    if (run.isInProgress()) {
      run.goOn("its trainer fell silent while the run was " + run.state().phase());
    } else if (run.state().phase().isFinal()) {
      run.announcePhase();
    }
    mailbox.take(claim.run(), queue::mayCome).forEach(run::receive);
    return run;
  }

  /** Passes a signal to its run; those of runs that never come here are passed over. */
  void receive(SignalIssued signal) {
    Run run = mine.get(signal.run());
    if (run != null) {
      run.receive(signal);
    } else if (queue.mayCome(signal.run())) {
      mailbox.keep(signal);
    }
  }

  /** Another trainer has it now. */
  void lose(RunId run) {
    Run had = mine.remove(run);
    if (had != null) {
      had.lose();
    }
  }

  private Run another(RunId id) {
    RunFolder folder = folders.latest(id);
    return others
        .compute(
            id,
            (run, seen) -> {
              String stamp = folder.stamp();
              return seen != null && seen.stamp().equals(stamp)
                  ? seen
                  : new Seen(stamp, Run.another(folder, clock));
            })
        .run();
  }
}
