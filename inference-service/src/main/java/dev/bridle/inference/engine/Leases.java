package dev.bridle.inference.engine;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Counts who uses something that is to be closed behind the last of them. Thread-safe. */
public final class Leases {
  /** One use; closing it again does nothing. */
  public interface Lease extends AutoCloseable {
    @Override
    void close();
  }

  private final Runnable last;
  private int held;
  private boolean ended;

  /**
   * @param last runs once: when the leases have ended and none is held
   */
  Leases(Runnable last) {
    this.last = last;
  }

  /** Empty once they have ended and none is held: who holds one may take more. */
  synchronized Optional<Lease> take() {
    if (ended && held == 0) {
      return Optional.empty();
    }
    held++;
    AtomicBoolean open = new AtomicBoolean(true);
    return Optional.of(
        () -> {
          if (open.compareAndSet(true, false)) {
            giveBack();
          }
        });
  }

  /** The last one that is given back closes; now, when none is held. */
  synchronized void end() {
    if (!ended) {
      ended = true;
      if (held == 0) {
        last.run();
      }
    }
  }

  private synchronized void giveBack() {
    held--;
    if (ended && held == 0) {
      last.run();
    }
  }
}
