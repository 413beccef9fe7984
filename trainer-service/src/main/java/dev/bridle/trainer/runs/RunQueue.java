package dev.bridle.trainer.runs;

import dev.bridle.events.Phase;
import dev.bridle.events.RunId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Says which runs there are and who may work on which: at any time a run has at most one holder,
 * and only the holder changes it. It may be used by any thread.
 */
public interface RunQueue extends AutoCloseable {
  /**
   * Begins, once, before anything else.
   *
   * @param lost hears of runs that another trainer has claimed: whatever is done to them here from
   *     now on is void
   */
  void open(Consumer<RunId> lost);

  /** Every run that was submitted. */
  Set<RunId> runs();

  /** The run that came with the key. */
  Optional<RunId> submittedWith(String idempotencyKey);

  /**
   * Lets the run wait.
   *
   * @return it, or the run that came with the same key a moment before
   * @throws RunQueueAwayException if it cannot be told whether the run waits now
   */
  RunId submit(RunId run, Optional<String> idempotencyKey);

  /** Runs that may wait. */
  int limit();

  /** Runs that wait, the next first. */
  List<RunId> waiting();

  /** Waits a moment for a run that can be worked on, and claims it. */
  Optional<Claim> next(Duration patience) throws InterruptedException;

  /** Claims a run that waits or is paused; empty if another holds it or it has ended. */
  Optional<Claim> claim(RunId run);

  /** Whether this trainer holds the run. */
  boolean holds(RunId run);

  /** Whether a run that this trainer has never had may yet become its own. */
  boolean mayCome(RunId run);

  /**
   * Gives a run back.
   *
   * @param phase in which it rests; in one where no run rests, others will find its holder silent
   */
  void release(Claim claim, Phase phase);

  /**
   * Asks something of the run's holder, whoever it is.
   *
   * @throws RunQueueAwayException if it cannot be told whether the holder will hear of it
   */
  void ask(RunId run, Request request);

  /** What was asked of the run that its holder has not been told yet. */
  List<Request> asked(Claim claim);

  @Override
  void close();
}
