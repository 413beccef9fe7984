package dev.bridle.trainer.queue;

import dev.bridle.events.Phase;
import dev.bridle.events.RunId;
import dev.bridle.trainer.runs.Claim;
import dev.bridle.trainer.runs.Request;
import dev.bridle.trainer.runs.RunQueue;
import dev.bridle.trainer.runs.RunQueueAwayException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * A queue for several trainers, over a log that all of them read. A run is claimed by the first
 * entry that claims its next term: a compare-and-set that needs no clock. Its holder renews the
 * claim; who hears nothing of it for the length of the lease, by its own clock, may claim the next
 * term, and the holder before, if it lives, reads that it has lost the run.
 */
public final class SharedQueue implements RunQueue, QueueLog.Reader, AutoCloseable {
  private static final Logger LOG = Logger.getLogger(SharedQueue.class);
  private static final long PATIENCE_SECONDS = 10;

  private static final int RENEWALS = 3;

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "bridle-queue-lease");
            thread.setDaemon(true);
            return thread;
          });
  private final QueueLog log;
  private final String trainer;
  private final Duration lease;
  private final int limit;
  private final LongSupplier nanoTime;
  private final QueueBook book = new QueueBook();
  private final Map<RunId, Long> heard = new HashMap<>();
  private final Map<RunId, Hold> held = new HashMap<>();
  private final Map<RunId, QueueEntry.Released> unwritten = new HashMap<>();
  private Consumer<RunId> lost;
  private long readThrough = -1;
  private boolean caughtUp;

  /** A run that this trainer has. */
  private static final class Hold {
    private final int term;
    private long heardThrough = -1;

    private Hold(int term) {
      this.term = term;
    }
  }

  /**
   * @param trainer this process's name, unlike any other's
   * @param lease after which a silent holder loses its run
   * @param limit runs that may wait
   * @param nanoTime a clock that never goes back, in nanoseconds
   */
  SharedQueue(QueueLog log, String trainer, Duration lease, int limit, LongSupplier nanoTime) {
    this.log = log;
    this.trainer = trainer;
    this.lease = lease;
    this.limit = limit;
    this.nanoTime = nanoTime;
  }

  /** One that renews what it holds by itself. */
  public static SharedQueue renewed(QueueLog log, Duration lease, int limit) {
    String trainer = UUID.randomUUID().toString();
    SharedQueue queue = new SharedQueue(log, trainer, lease, limit, System::nanoTime);
    long period = lease.toMillis() / RENEWALS;
    queue.clock.scheduleAtFixedRate(queue::renew, period, period, TimeUnit.MILLISECONDS);
    return queue;
  }

  @Override
  public void open(Consumer<RunId> lost) {
    this.lost = lost;
    log.follow(this);
  }

  @Override
  public void read(QueueEntry entry, long place) {
    boolean taken;
    synchronized (this) {
      book.apply(entry, place);
      heard.put(entry.run(), nanoTime.getAsLong());
      unwritten.remove(entry.run(), entry);
      taken = isTakenByAnother(entry);
    }
    if (taken) {
      lost.accept(entry.run());
    }
    synchronized (this) {
      readThrough = place;
      notifyAll();
    }
  }

  private boolean isTakenByAnother(QueueEntry entry) {
    boolean taken =
        entry instanceof QueueEntry.Claimed claimed
            && !claimed.trainer().equals(trainer)
            && standing(entry.run()).filter(now -> now.isHeldBy(claimed)).isPresent();
    if (taken) {
      unwritten.remove(entry.run());
      if (held.remove(entry.run()) != null) {
        LOG.warnf("run %s was taken over by another trainer", entry.run());
      }
    }
    return taken;
  }

  @Override
  public synchronized void caughtUp() {
    caughtUp = true;
    notifyAll();
  }

  @Override
  public synchronized Set<RunId> runs() {
    return book.runs();
  }

  @Override
  public synchronized Optional<RunId> submittedWith(String idempotencyKey) {
    return book.submittedWith(idempotencyKey);
  }

  @Override
  public RunId submit(RunId run, Optional<String> idempotencyKey) {
    write(new QueueEntry.Submitted(run, idempotencyKey), "run '" + run + "' was submitted");
    return idempotencyKey.flatMap(this::submittedWith).orElse(run);
  }

  @Override
  public int limit() {
    return limit;
  }

  @Override
  public synchronized List<RunId> waiting() {
    return book.waiting();
  }

  @Override
  public Optional<Claim> next(Duration patience) throws InterruptedException {
    Optional<Standing> next;
    synchronized (this) {
      next = open();
      if (next.isEmpty()) {
        wait(patience.toMillis());
        next = open();
      }
    }
    return next.flatMap(this::claim);
  }

  private Optional<Standing> open() {
    return caughtUp ? book.next(this::isSilent) : Optional.empty();
  }

  private boolean isSilent(RunId run) {
    return !held.containsKey(run)
        && nanoTime.getAsLong() - heard.get(run) >= lease.toNanos()
        && !unwritten.containsKey(run);
  }

  @Override
  public Optional<Claim> claim(RunId run) {
    return standing(run).filter(now -> !now.hasEnded() && !now.isHeld()).flatMap(this::claim);
  }

  private Optional<Claim> claim(Standing now) {
    String name = UUID.randomUUID().toString();
    var claimed = new QueueEntry.Claimed(now.run(), now.term() + 1, trainer, name);
    try {
      write(claimed, "run '" + now.run() + "' was claimed");
    } catch (RunQueueAwayException e) {
      // If it was written after all, nobody renews it, and its lease will end.
      LOG.debug(e.getMessage());
      return Optional.empty();
    }
    return won(claimed);
  }

  private synchronized Optional<Claim> won(QueueEntry.Claimed claimed) {
    Optional<Standing> won = standing(claimed.run()).filter(now -> now.isHeldBy(claimed));
    won.ifPresent(now -> held.put(now.run(), new Hold(now.term())));
    return won.map(now -> new Claim(now.run(), now.term()));
  }

  @Override
  public synchronized boolean holds(RunId run) {
    return held.containsKey(run);
  }

  @Override
  public synchronized boolean mayCome(RunId run) {
    return !caughtUp || standing(run).filter(now -> !now.hasEnded()).isPresent();
  }

  @Override
  public synchronized void release(Claim claim, Phase phase) {
    Hold hold = held.get(claim.run());
    if (hold == null || hold.term != claim.term()) {
      return;
    }
    held.remove(claim.run());
    Rest.in(phase)
        .map(rest -> new QueueEntry.Released(claim.run(), claim.term(), rest, hold.heardThrough))
        .ifPresent(
            released -> {
              unwritten.put(claim.run(), released);
              log.append(released);
            });
  }

  @Override
  public void ask(RunId run, Request request) {
    String id = UUID.randomUUID().toString();
    write(
        new QueueEntry.Requested(run, request, id),
        "%s was asked of run '%s'".formatted(request, run));
  }

  @Override
  public synchronized List<Request> asked(Claim claim) {
    Hold hold = held.get(claim.run());
    if (hold == null || hold.term != claim.term()) {
      return List.of();
    }
    List<Standing.Asked> fresh = standing(claim.run()).orElseThrow().askedAfter(hold.heardThrough);
    fresh.forEach(request -> hold.heardThrough = request.place());
    return fresh.stream().map(Standing.Asked::request).toList();
  }

  /** Says that the holder of these runs lives. */
  synchronized void renew() {
    held.forEach((run, hold) -> log.append(new QueueEntry.Renewed(run, hold.term)));
    unwritten.values().forEach(log::append);
  }

  private synchronized Optional<Standing> standing(RunId run) {
    return book.standing(run);
  }

  /** Returns once the entry has been read, and all before it. */
  private void write(QueueEntry entry, String what) {
    try {
      long place = log.append(entry).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      awaitRead(place);
    } catch (ExecutionException | TimeoutException e) {
      throw new RunQueueAwayException(what, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunQueueAwayException(what, e);
    }
  }

  private synchronized void awaitRead(long place) throws InterruptedException, TimeoutException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (readThrough < place) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new TimeoutException("the entry at %d was not read".formatted(place));
      }
      wait(left);
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    log.close();
  }
}
