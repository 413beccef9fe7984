package dev.bridle.trainer.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bridle.events.Phase;
import dev.bridle.events.RunId;
import dev.bridle.trainer.runs.Claim;
import dev.bridle.trainer.runs.Request;
import dev.bridle.trainer.runs.RunQueueAwayException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedQueueTest {
  private static final RunId RUN = new RunId("r");
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final Duration MOMENT = Duration.ofMillis(20);

  private final AtomicLong now = new AtomicLong();
  private final MemoryLog log = new MemoryLog();
  private final MemoryLog.View waysOfOne = log.view();
  private final List<RunId> lostByOne = new CopyOnWriteArrayList<>();
  private final SharedQueue one = queue("one", waysOfOne, lostByOne);
  private final SharedQueue two = queue("two", log.view(), new CopyOnWriteArrayList<>());

  @AfterEach
  void stop() {
    one.close();
    two.close();
    log.close();
  }

  @Test
  void anyFreeTrainerTakesTheNext() throws Exception {
    one.submit(RUN, Optional.empty());
    Claim claim = taken(two);
    assertThat(claim).isEqualTo(new Claim(RUN, 1));
    assertThat(two.holds(RUN)).isTrue();
    assertThat(one.claim(RUN)).isEmpty();
    assertThat(one.next(MOMENT)).isEmpty();
  }

  @Test
  void ofManyThatWantARunOneHasIt() throws Exception {
    List<SharedQueue> all =
        IntStream.range(0, 8)
            .mapToObj(i -> queue("t" + i, log.view(), new CopyOnWriteArrayList<>()))
            .toList();
    var threads = Executors.newFixedThreadPool(all.size());
    for (int i = 0; i < 20; i++) {
      RunId run = new RunId("run-" + i);
      one.submit(run, Optional.empty());
      log.settle();
      var claims =
          threads.invokeAll(
              all.stream()
                  .map(queue -> (Callable<Optional<Claim>>) () -> queue.claim(run))
                  .toList());
      int holders = 0;
      for (var claim : claims) {
        holders += claim.get().isPresent() ? 1 : 0;
      }
      assertThat(holders).isEqualTo(1);
    }
    threads.shutdown();
  }

  @Test
  void whoIsSilentForTheLeaseLosesTheRunAndReadsOfIt() throws Exception {
    one.submit(RUN, Optional.empty());
    Claim first = taken(one);
    waysOfOne.cutOff();
    log.settle();
    now.addAndGet(LEASE.toNanos() - 1);
    assertThat(two.next(MOMENT)).isEmpty();
    now.addAndGet(1);
    assertThat(taken(two).term()).isEqualTo(2);

    one.release(first, Phase.SUCCEEDED);
    waysOfOne.heal();
    await().until(() -> lostByOne.contains(RUN));
    assertThat(one.holds(RUN)).isFalse();
    one.renew();
    assertThat(two.holds(RUN)).isTrue();
  }

  @Test
  void whoRenewsKeepsTheRun() throws Exception {
    one.submit(RUN, Optional.empty());
    taken(one);
    log.settle();
    now.addAndGet(LEASE.toNanos() - 1);
    one.renew();
    log.settle();
    now.addAndGet(LEASE.toNanos() - 1);
    assertThat(two.next(MOMENT)).isEmpty();
  }

  @Test
  void aRunThatCouldNotBeGivenBackIsGivenBackLater() throws Exception {
    one.submit(RUN, Optional.empty());
    Claim claim = taken(one);
    waysOfOne.cutOff();
    one.release(claim, Phase.QUEUED);
    log.settle();
    waysOfOne.heal();
    one.renew();
    assertThat(taken(two).term()).isEqualTo(2);
  }

  @Test
  void theHolderHearsWhatIsAskedElsewhereOnce() throws Exception {
    one.submit(RUN, Optional.empty());
    Claim claim = taken(one);
    two.ask(RUN, Request.PAUSE);
    await().until(() -> one.asked(claim), List.of(Request.PAUSE)::equals);
    assertThat(one.asked(claim)).isEmpty();
  }

  @Test
  void aRunThatWasAskedForTooLateIsTakenUpAgain() throws Exception {
    one.submit(RUN, Optional.empty());
    Claim claim = taken(one);
    two.ask(RUN, Request.CANCEL);
    one.release(claim, Phase.PAUSED);
    Claim next = taken(two);
    assertThat(two.asked(next)).containsExactly(Request.CANCEL);
  }

  @Test
  void theSameKeyGivesTheSameRunWhereverItIsSubmitted() {
    Optional<String> key = Optional.of("k");
    assertThat(one.submit(RUN, key)).isEqualTo(RUN);
    assertThat(two.submit(new RunId("another"), key)).isEqualTo(RUN);
    assertThat(two.runs()).containsExactly(RUN);
  }

  @Test
  void withoutTheLogNothingIsAcceptedAndNothingIsClaimed() throws Exception {
    one.submit(RUN, Optional.empty());
    waysOfOne.cutOff();
    assertThatThrownBy(() -> one.submit(new RunId("s"), Optional.empty()))
        .isInstanceOf(RunQueueAwayException.class)
        .hasMessageContaining("whether run 's' was submitted is not known");
    assertThat(one.next(MOMENT)).isEmpty();
  }

  private static Claim taken(SharedQueue queue) {
    return await().until(() -> queue.next(MOMENT), Optional::isPresent).orElseThrow();
  }

  private SharedQueue queue(String trainer, QueueLog log, List<RunId> lost) {
    SharedQueue queue = new SharedQueue(log, trainer, LEASE, 100, now::get);
    queue.open(lost::add);
    return queue;
  }
}
