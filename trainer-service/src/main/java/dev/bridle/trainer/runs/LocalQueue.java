package dev.bridle.trainer.runs;

import dev.bridle.events.Phase;
import dev.bridle.events.RunId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The queue of a trainer that shares its runs with no other: its runs' files are its memory. */
public final class LocalQueue implements RunQueue {
  private final int limit;
  private final Set<RunId> runs = new LinkedHashSet<>();
  private final Map<String, RunId> keys = new HashMap<>();
  private final Deque<RunId> waiting = new ArrayDeque<>();
  private final Set<RunId> held = new HashSet<>();
  private final Map<RunId, List<Request>> asked = new HashMap<>();

  /**
   * @param limit runs that may wait
   */
  public LocalQueue(int limit) {
    this.limit = limit;
  }

  @Override
  public void open(Consumer<RunId> lost) {
    // There is nobody to lose a run to.
  }

  /** A run that an earlier process left. */
  synchronized void restored(RunState state) {
    know(state.run(), state.idempotencyKey());
    if (state.phase() == Phase.QUEUED) {
      letWait(state.run());
    }
  }

  @Override
  public synchronized RunId submit(RunId run, Optional<String> idempotencyKey) {
    know(run, idempotencyKey);
    letWait(run);
    return run;
  }

  private void know(RunId run, Optional<String> idempotencyKey) {
    runs.add(run);
    idempotencyKey.ifPresent(key -> keys.put(key, run));
  }

  private void letWait(RunId run) {
    waiting.add(run);
    notifyAll();
  }

  @Override
  public synchronized Set<RunId> runs() {
    return Set.copyOf(runs);
  }

  @Override
  public synchronized Optional<RunId> submittedWith(String idempotencyKey) {
    return Optional.ofNullable(keys.get(idempotencyKey));
  }

  @Override
  public int limit() {
    return limit;
  }

  @Override
  public synchronized List<RunId> waiting() {
    return List.copyOf(waiting);
  }

  @Override
  public synchronized Optional<Claim> next(Duration patience) throws InterruptedException {
    if (waiting.isEmpty()) {
      wait(patience.toMillis());
    }
    return Optional.ofNullable(waiting.peek()).flatMap(this::claim);
  }

  @Override
  public synchronized Optional<Claim> claim(RunId run) {
    if (!held.add(run)) {
      return Optional.empty();
    }
    waiting.remove(run);
    return Optional.of(new Claim(run, 0));
  }

  @Override
  public synchronized boolean holds(RunId run) {
    return held.contains(run);
  }

  @Override
  public boolean mayCome(RunId run) {
    return false;
  }

  @Override
  public synchronized void release(Claim claim, Phase phase) {
    held.remove(claim.run());
    if (phase == Phase.QUEUED) {
      letWait(claim.run());
    }
  }

  @Override
  public synchronized void ask(RunId run, Request request) {
    asked.computeIfAbsent(run, unasked -> new ArrayList<>()).add(request);
  }

  @Override
  public synchronized List<Request> asked(Claim claim) {
    List<Request> told = asked.remove(claim.run());
    return told == null ? List.of() : told;
  }

  @Override
  public void close() {
    // It has nothing but memory.
  }
}
