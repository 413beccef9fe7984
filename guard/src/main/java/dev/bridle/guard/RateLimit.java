package dev.bridle.guard;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A bucket of tokens for each caller: so many a second, twice as many at once. */
final class RateLimit {
  /** Of more callers than that the ones that were quiet longest are forgotten, and start anew. */
  private static final int MOST_CALLERS = 10_000;

  private final int perSecond;
  private final LoadingCache<String, Bucket> buckets;

  /**
   * @param nanoTime the clock, in nanoseconds since any moment
   */
  RateLimit(int perSecond, LongSupplier nanoTime) {
    if (perSecond < 1) {
      throw new IllegalArgumentException(
          "bridle.guard.requests-per-second should be at least 1: was " + perSecond);
    }
    this.perSecond = perSecond;
    TimeMeter clock = new Clock(nanoTime);
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(MOST_CALLERS)
            .expireAfterAccess(Duration.ofMinutes(1))
            .build(
                caller ->
                    Bucket.builder()
                        .addLimit(
                            limit ->
                                limit
                                    .capacity(2L * perSecond)
                                    .refillGreedy(perSecond, Duration.ofSeconds(1)))
                        .withCustomTimePrecision(clock)
                        .build());
  }

  int perSecond() {
    return perSecond;
  }

  /** Counts a request; if it is one too many, after how many whole seconds the next one isn't. */
  OptionalLong waitSeconds(String caller) {
    ConsumptionProbe probe = buckets.get(caller).tryConsumeAndReturnRemaining(1);
    if (probe.isConsumed()) {
      return OptionalLong.empty();
    }
    long nanos = probe.getNanosToWaitForRefill();
    long second = TimeUnit.SECONDS.toNanos(1);
    return OptionalLong.of((nanos + second - 1) / second);
  }

  private record Clock(LongSupplier nanoTime) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return nanoTime.getAsLong();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
