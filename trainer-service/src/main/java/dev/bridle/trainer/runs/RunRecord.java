package dev.bridle.trainer.runs;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.MetricNames;
import dev.bridle.trainer.train.Checkpoint;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is known of a run: all of it is written to its folder before it counts. One that another
 * trainer has can be looked at, not changed. Not thread-safe.
 */
final class RunRecord {
  private final RunFolder folder;
  private RunState state;
  private EpochCompleted newest;
  private EpochCompleted best;
  private boolean lost;

  /** Of a run that knows no epochs yet. */
  RunRecord(RunFolder folder, RunState state) {
    this.folder = folder;
    this.state = state;
  }

  static RunRecord read(RunFolder folder) {
    RunRecord record = new RunRecord(folder, folder.readState());
    record.readEpochs();
    return record;
  }

  RunFolder folder() {
    return folder;
  }

  RunState state() {
    return state;
  }

  /**
   * @throws LostRunException if another trainer has the run
   */
  void save(RunState next) {
    requireOwn();
    folder.write(next);
    state = next;
  }

  Optional<EpochCompleted> newest() {
    return Optional.ofNullable(newest);
  }

  /** 0 before the first. */
  int lastEpoch() {
    return newest == null ? 0 : newest.epoch();
  }

  /** The one of the least validation loss; NaN and infinity don't count. */
  OptionalInt bestEpoch() {
    return best == null ? OptionalInt.empty() : OptionalInt.of(best.epoch());
  }

  /**
   * @throws LostRunException if another trainer has the run
   */
  void append(EpochCompleted epoch) {
    requireOwn();
    folder.append(epoch);
    remember(epoch);
  }

  void keepEpochsUpTo(int last) {
    folder.keepEpochsUpTo(last);
    newest = null;
    best = null;
    readEpochs();
  }

  /**
   * @throws UncheckedIOException if there is one that cannot be read, or one of another spec
   */
  Optional<Checkpoint> checkpoint() {
    return folder.readCheckpoint(specSha256());
  }

  void write(Checkpoint checkpoint) {
    folder.write(checkpoint, specSha256());
  }

  Artifact add(String artifact, byte[] content) {
    Artifact written = folder.writeArtifact(artifact, content);
    save(state.with(written));
    return written;
  }

  /** Another trainer has it: every further change is refused. */
  void lose() {
    lost = true;
  }

  void requireOwn() {
    if (lost) {
      throw new LostRunException(state.run());
    }
  }

  private void readEpochs() {
    List<EpochCompleted> kept = folder.readEpochs();
    kept.forEach(this::remember);
  }

  private void remember(EpochCompleted epoch) {
    newest = epoch;
    double loss = validationLoss(epoch);
    if (Double.isFinite(loss) && (best == null || loss < validationLoss(best))) {
      best = epoch;
    }
  }

  private static double validationLoss(EpochCompleted epoch) {
    return epoch.metric(MetricNames.VALIDATION_LOSS).orElse(Double.NaN);
  }

  private String specSha256() {
    return state.artifact(RunFolder.SPEC).orElseThrow().sha256();
  }
}
