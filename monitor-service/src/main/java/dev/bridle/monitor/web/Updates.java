package dev.bridle.monitor.web;

import dev.bridle.monitor.web.projection.RunUpdate;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.nio.BufferOverflowException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Hands every update to everybody who listens, and keeps the last ones for those who lost the
 * connection. Revisions count anew in each process, so an update's id names the process too.
 */
final class Updates {
  /** Enough to miss for the moments that a connection needs to come back. */
  static final int KEPT = 2048;

  /**
   * Enough to fall behind by a long run; beyond that a listener's stream ends, and it starts over.
   */
  private static final int BUFFERED = 2 * KEPT;

  private final String process = HexFormat.of().toHexDigits(new Random().nextInt());
  private final Deque<RunUpdate> last = new ArrayDeque<>();
  private final List<MultiEmitter<? super RunUpdate>> listeners = new CopyOnWriteArrayList<>();
  private long revision;

  /** To be called in the order of the revisions. */
  synchronized void publish(RunUpdate update) {
    revision = update.revision();
    last.addLast(update);
    if (last.size() > KEPT) {
      last.removeFirst();
    }
    listeners.forEach(listener -> listener.emit(update));
  }

  /** What names the update's place in the stream. */
  String id(long revision) {
    return process + "-" + revision;
  }

  /**
   * Everything that changes from the subscription on, and before it what was missed.
   *
   * @param lastId of the last update that arrived; empty for a new listener. If what came after it
   *     isn't known any more, or it is another process's, the first update is a reset.
   * @return without an end, but for a listener that falls behind
   */
  Multi<RunUpdate> after(Optional<String> lastId) {
    return Multi.createFrom()
        .<RunUpdate>emitter(listener -> add(listener, lastId), BUFFERED)
        .onFailure(BufferOverflowException.class)
        .recoverWithCompletion();
  }

  private synchronized void add(MultiEmitter<? super RunUpdate> listener, Optional<String> lastId) {
    lastId.map(this::missed).ifPresent(missed -> missed.forEach(listener::emit));
    listeners.add(listener);
    listener.onTermination(() -> listeners.remove(listener));
  }

  private List<RunUpdate> missed(String lastId) {
    long from = last.isEmpty() ? revision : last.getFirst().revision() - 1;
    for (RunUpdate update : last) {
      if (id(update.revision()).equals(lastId)) {
        return last.stream().filter(later -> later.revision() > update.revision()).toList();
      }
    }
    return id(from).equals(lastId) ? List.copyOf(last) : List.of(RunUpdate.reset(revision));
  }
}
