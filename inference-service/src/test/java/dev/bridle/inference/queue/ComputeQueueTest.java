package dev.bridle.inference.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ComputeQueueTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final ExecutorService callers = Executors.newCachedThreadPool();
  private final AtomicInteger runs = new AtomicInteger();

  @AfterEach
  void close() {
    callers.shutdownNow();
  }

  /** Doubles a number, once the gate is open. */
  private record Doubling(int number, boolean joinable, CountDownLatch gate, AtomicInteger runs)
      implements Work<Doubling, Integer> {
    @Override
    public boolean joins(List<Doubling> others) {
      return joinable && others.get(0).joinable() && others.size() < 3;
    }

    @Override
    public List<Integer> computeWith(List<Doubling> batch) {
      runs.incrementAndGet();
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (number < 0) {
        throw new IllegalArgumentException("negative");
      }
      return batch.stream().map(work -> 2 * work.number()).toList();
    }
  }

  private static final CountDownLatch OPEN = new CountDownLatch(0);

  private Doubling open(int number) {
    return new Doubling(number, true, OPEN, runs);
  }

  private CompletableFuture<Integer> call(ComputeQueue<Doubling, Integer> queue, Doubling work) {
    return CompletableFuture.supplyAsync(() -> queue.compute(work), callers);
  }

  private CompletableFuture<Integer> hold(
      ComputeQueue<Doubling, Integer> queue, CountDownLatch gate) {
    CompletableFuture<Integer> held = call(queue, new Doubling(0, false, gate, runs));
    await().until(() -> runs.get() == 1);
    return held;
  }

  @Test
  void whoeverWaitsSharesOneRunUpToItsLimit() {
    ComputeQueue<Doubling, Integer> queue = new ComputeQueue<>(1, 10, LONG);
    CountDownLatch gate = new CountDownLatch(1);
    CompletableFuture<Integer> first = hold(queue, gate);
    List<CompletableFuture<Integer>> others = new ArrayList<>();
    for (int number = 1; number <= 5; number++) {
      others.add(call(queue, open(number)));
    }
    await().until(() -> queue.pending() == 5);
    gate.countDown();
    assertThat(first.join()).isZero();
    assertThat(others.stream().map(CompletableFuture::join)).containsExactly(2, 4, 6, 8, 10);
    assertThat(runs).hasValue(3);
  }

  @Test
  void aFullQueueRefusesAtOnce() {
    ComputeQueue<Doubling, Integer> queue = new ComputeQueue<>(1, 1, LONG);
    CountDownLatch gate = new CountDownLatch(1);
    hold(queue, gate);
    CompletableFuture<Integer> waiting = call(queue, open(4));
    await().until(() -> queue.pending() == 1);
    assertThatThrownBy(() -> queue.compute(open(5)))
        .isInstanceOf(QueueFullException.class)
        .hasMessageContaining("at most 1 requests");
    gate.countDown();
    assertThat(waiting.join()).isEqualTo(8);
  }

  @Test
  void whoeverWaitsTooLongIsRefusedAndForgotten() {
    ComputeQueue<Doubling, Integer> queue = new ComputeQueue<>(1, 10, Duration.ofMillis(1));
    CountDownLatch gate = new CountDownLatch(1);
    hold(queue, gate);
    assertThatThrownBy(() -> queue.compute(open(5)))
        .isInstanceOf(QueueFullException.class)
        .hasMessageContaining("at most 1 ms");
    assertThat(queue.pending()).isZero();
    gate.countDown();
  }

  @Test
  void whoeverHasLessPatienceGivesUpSooner() {
    ComputeQueue<Doubling, Integer> queue = new ComputeQueue<>(1, 10, LONG);
    CountDownLatch gate = new CountDownLatch(1);
    hold(queue, gate);
    assertThatThrownBy(() -> queue.compute(open(5), Duration.ofNanos(2_000)))
        .isInstanceOf(QueueFullException.class)
        .hasMessageContaining("at most 2 us");
    assertThat(queue.pending()).isZero();
    gate.countDown();
  }

  @Test
  void aFailureReachesEveryoneWhoSharedTheRunAndThePlaceIsPassedOn() {
    ComputeQueue<Doubling, Integer> queue = new ComputeQueue<>(1, 10, LONG);
    CountDownLatch gate = new CountDownLatch(1);
    hold(queue, gate);
    CompletableFuture<Integer> bad = call(queue, open(-1));
    await().until(() -> queue.pending() == 1);
    CompletableFuture<Integer> beside = call(queue, open(3));
    await().until(() -> queue.pending() == 2);
    gate.countDown();
    for (CompletableFuture<Integer> failed : List.of(bad, beside)) {
      assertThatThrownBy(failed::join)
          .isInstanceOf(CompletionException.class)
          .hasRootCauseMessage("negative");
    }
    assertThat(queue.compute(open(7))).isEqualTo(14);
  }

  @Test
  void asManyComputeAtATimeAsAreAllowed() {
    ComputeQueue<Doubling, Integer> queue = new ComputeQueue<>(2, 10, LONG);
    CountDownLatch gate = new CountDownLatch(1);
    for (int caller = 0; caller < 4; caller++) {
      call(queue, new Doubling(caller, false, gate, runs));
    }
    await().until(() -> queue.pending() == 2);
    assertThat(runs).hasValue(2);
    gate.countDown();
    await().until(() -> runs.get() == 4);
  }

  private static final Executor NOBODY =
      task -> {
        throw new AssertionError("nothing should have to wait");
      };

  @Test
  void whoMayNotWaitComputesWhereATurnIsFree() {
    ComputeQueue<Doubling, Integer> queue = new ComputeQueue<>(1, 10, LONG);
    assertThat(queue.tryCompute(List.of(open(1), open(2)), NOBODY)).contains(List.of(2, 4));
    assertThat(runs).hasValue(1);
    assertThatThrownBy(() -> queue.tryCompute(List.of(open(-1)), NOBODY)).hasMessage("negative");
    assertThat(queue.compute(open(3))).isEqualTo(6);
  }

  @Test
  void whoMayNotWaitIsGivenNothingWhereNoTurnIsFree() {
    ComputeQueue<Doubling, Integer> queue = new ComputeQueue<>(1, 10, LONG);
    CountDownLatch gate = new CountDownLatch(1);
    CompletableFuture<Integer> first = hold(queue, gate);
    assertThat(queue.tryCompute(List.of(open(1)), NOBODY)).isEmpty();
    CompletableFuture<Integer> waits = call(queue, open(2));
    await().until(() -> queue.pending() == 1);
    gate.countDown();
    assertThat(first.join()).isZero();
    assertThat(waits.join()).isEqualTo(4);
  }

  @Test
  void whoeverWaitsIsNextAfterWhoMayNotWait() {
    ComputeQueue<Doubling, Integer> queue = new ComputeQueue<>(1, 10, LONG);
    CountDownLatch gate = new CountDownLatch(1);
    CompletableFuture<Optional<List<Integer>>> loop =
        CompletableFuture.supplyAsync(
            () -> queue.tryCompute(List.of(new Doubling(1, true, gate, runs)), Runnable::run),
            callers);
    await().until(() -> runs.get() == 1);
    CompletableFuture<Integer> waits = call(queue, open(2));
    await().until(() -> queue.pending() == 1);
    gate.countDown();
    assertThat(loop.join()).contains(List.of(2));
    assertThat(waits.join()).isEqualTo(4);
  }

  /** Is asked whether it joins while the queue is locked, and takes its time. */
  private record Ponderous(CountDownLatch asked, CountDownLatch gate)
      implements Work<Ponderous, Integer> {
    @Override
    public boolean joins(List<Ponderous> others) {
      asked.countDown();
      return computeWith(List.of()).isEmpty();
    }

    @Override
    public List<Integer> computeWith(List<Ponderous> batch) {
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return batch.stream().map(work -> 1).toList();
    }
  }

  @Test
  void whoMayNotWaitDoesNotWaitForTheQueuesLockEither() {
    ComputeQueue<Ponderous, Integer> queue = new ComputeQueue<>(2, 10, LONG);
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch turns = new CountDownLatch(1);
    CountDownLatch loops = new CountDownLatch(1);
    CountDownLatch ponders = new CountDownLatch(1);
    List<Runnable> later = new CopyOnWriteArrayList<>();
    Supplier<Ponderous> quick = () -> new Ponderous(asked, OPEN);
    CompletableFuture<Optional<List<Integer>>> loop =
        CompletableFuture.supplyAsync(
            () -> queue.tryCompute(List.of(new Ponderous(asked, loops)), later::add), callers);
    CompletableFuture<Integer> first =
        CompletableFuture.supplyAsync(() -> queue.compute(new Ponderous(asked, turns)), callers);
    await().until(() -> queue.tryCompute(List.of(quick.get()), Runnable::run).isEmpty());
    CompletableFuture<Integer> next =
        CompletableFuture.supplyAsync(() -> queue.compute(quick.get()), callers);
    await().until(() -> queue.pending() == 1);
    CompletableFuture<Integer> pondering =
        CompletableFuture.supplyAsync(() -> queue.compute(new Ponderous(asked, ponders)), callers);
    await().until(() -> queue.pending() == 2);
    turns.countDown();
    await().until(() -> asked.getCount() == 0); // whoever passes the first turn on has the lock
    assertThat(queue.tryCompute(List.of(quick.get()), later::add)).isEmpty();
    loops.countDown();
    assertThat(loop.join()).contains(List.of(1));
    assertThat(later).hasSize(1);
    ponders.countDown();
    assertThat(List.of(first.join(), next.join())).containsExactly(1, 1);
    later.get(0).run();
    assertThat(pondering.join()).isEqualTo(1);
  }
}
