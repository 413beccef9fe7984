package dev.bridle.inference.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets so many callers compute at a time, in their own threads; the others wait in the order in
 * which they came. Who is next takes along all that wait and {@linkplain Work#joins may join} it,
 * so that under load one run answers several callers, and without load nobody waits for a batch to
 * fill. Thread-safe.
 */
public final class ComputeQueue<W extends Work<W, R>, R> {
  private final int capacity;
  private final Duration longestWait;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Waiter<W, R>> waiting = new ArrayDeque<>();
  private int free;

  /** A caller's turn to compute: first for itself, and for those that it takes along. */
  private record Waiter<W, R>(W work, CompletableFuture<Turn<W, R>> turn) {}

  private sealed interface Turn<W, R> {
    record Lead<W, R>(List<Waiter<W, R>> batch) implements Turn<W, R> {}

    record Done<W, R>(R result) implements Turn<W, R> {}

    record Failed<W, R>(RuntimeException reason) implements Turn<W, R> {}
  }

  /**
   * @param concurrency how many compute at a time
   * @param capacity how many may wait
   * @param longestWait after which a caller gives up
   */
  public ComputeQueue(int concurrency, int capacity, Duration longestWait) {
    this.free = concurrency;
    this.capacity = capacity;
    this.longestWait = longestWait;
  }

  /** How many wait now. */
  public int pending() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** As {@link #compute(Work, Duration)}, for a caller who waits as long as anybody may. */
  public R compute(W work) {
    return compute(work, longestWait);
  }

  /**
   * The work's result, as soon as it is its turn.
   *
   * @param patience after which this caller gives up, if that is sooner than anybody has to
   * @throws QueueFullException if too many wait, or it waited too long
   */
  public R compute(W work, Duration patience) {
    Waiter<W, R> waiter = new Waiter<>(work, new CompletableFuture<>());
    lock.lock();
    try {
      if (free > 0 && waiting.isEmpty()) {
        free--;
        waiter.turn().complete(new Turn.Lead<>(List.of(waiter)));
      } else if (waiting.size() >= capacity) {
        throw new QueueFullException(
            "the queue should hold at most %d requests: is full".formatted(capacity));
      } else {
        waiting.add(waiter);
      }
    } finally {
      lock.unlock();
    }
    Turn<W, R> turn = turn(waiter, patience.compareTo(longestWait) < 0 ? patience : longestWait);
    if (turn instanceof Turn.Lead<W, R> lead) {
      return lead(lead.batch());
    }
    if (turn instanceof Turn.Failed<W, R> failed) {
      throw failed.reason();
    }
    return ((Turn.Done<W, R>) turn).result();
  }

  /**
   * The results of works that {@linkplain Work#joins may be computed together}, in their order, if
   * a turn is free and nobody waits for one; empty otherwise. Never waits: for a thread that others
   * need.
   *
   * @param elsewhere where the turn is passed on when that would have to wait
   */
  public Optional<List<R>> tryCompute(List<W> batch, Executor elsewhere) {
    if (!takesTurn()) {
      return Optional.empty();
    }
    try {
      return Optional.of(batch.get(0).computeWith(batch));
    } finally {
      if (lock.tryLock()) {
        try {
          passOn();
        } finally {
          lock.unlock();
        }
      } else {
        elsewhere.execute(this::passOn);
      }
    }
  }

  private boolean takesTurn() {
    if (!lock.tryLock()) {
      return false;
    }
    try {
      boolean takes = free > 0 && waiting.isEmpty();
      free -= takes ? 1 : 0;
      return takes;
    } finally {
      lock.unlock();
    }
  }

  private Turn<W, R> turn(Waiter<W, R> waiter, Duration longest) {
    try {
      return waiter.turn().get(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | InterruptedException e) {
      return late(waiter, longest, e instanceof InterruptedException);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a turn never fails", e);
    }
  }

  /** Gives up, unless its turn has come meanwhile. */
  private Turn<W, R> late(Waiter<W, R> waiter, Duration longest, boolean interrupted) {
    boolean left;
    lock.lock();
    try {
      left = waiting.remove(waiter);
    } finally {
      lock.unlock();
    }
    if (!left) {
      return waiter.turn().join();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return new Turn.Failed<>(
        new QueueFullException(
            "a request should wait for at most %s: no turn came".formatted(text(longest))));
  }

  private static String text(Duration longest) {
    return longest.toMillis() > 0 ? longest.toMillis() + " ms" : longest.toNanos() / 1000 + " us";
  }

  private R lead(List<Waiter<W, R>> batch) {
    try {
      List<R> results = batch.get(0).work().computeWith(batch.stream().map(Waiter::work).toList());
      for (int at = 1; at < batch.size(); at++) {
        batch.get(at).turn().complete(new Turn.Done<>(results.get(at)));
      }
      return results.get(0);
    } catch (RuntimeException | Error e) {
      RuntimeException reason =
          e instanceof RuntimeException known ? known : new IllegalStateException(e);
      batch.forEach(waiter -> waiter.turn().complete(new Turn.Failed<>(reason)));
      throw e;
    } finally {
      passOn();
    }
  }

  /** The place goes to whoever waits longest, and those that may join. */
  private void passOn() {
    lock.lock();
    try {
      Waiter<W, R> next = waiting.poll();
      if (next == null) {
        free++;
        return;
      }
      List<Waiter<W, R>> batch = new ArrayList<>(List.of(next));
      List<W> works = new ArrayList<>(List.of(next.work()));
      for (Iterator<Waiter<W, R>> others = waiting.iterator(); others.hasNext(); ) {
        Waiter<W, R> other = others.next();
        if (other.work().joins(works)) {
          others.remove();
          batch.add(other);
          works.add(other.work());
        }
      }
      next.turn().complete(new Turn.Lead<>(batch));
    } finally {
      lock.unlock();
    }
  }
}
