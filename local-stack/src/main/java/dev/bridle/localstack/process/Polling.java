package dev.bridle.localstack.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what sends no event: processes of other parents, servers that come up. */
public final class Polling {
  private static final Duration PAUSE = Duration.ofMillis(50);

  private Polling() {}

  /**
   * @return whether it became so within the limit
   */
  public static boolean until(BooleanSupplier condition, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() >= deadline) {
        return false;
      }
      pause(PAUSE);
    }
    return true;
  }

  /** A breath between two looks. */
  public static void pause(Duration duration) {
    LockSupport.parkNanos(duration.toNanos());
  }
}
