package dev.bridle.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private final AtomicLong nanos = new AtomicLong();
  private final RateLimit limit = new RateLimit(10, nanos::get);

  @Test
  void twiceTheRateAtOnceAndThenTheRate() {
    for (int i = 0; i < 20; i++) {
      assertThat(limit.waitSeconds("ada")).isEmpty();
    }
    assertThat(limit.waitSeconds("ada")).hasValue(1);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    for (int i = 0; i < 10; i++) {
      assertThat(limit.waitSeconds("ada")).isEmpty();
    }
    assertThat(limit.waitSeconds("ada")).hasValue(1);
  }

  @Test
  void oneCallersHasteIsNotAnothers() {
    for (int i = 0; i < 21; i++) {
      limit.waitSeconds("ada");
    }
    assertThat(limit.waitSeconds("ada")).isPresent();
    assertThat(limit.waitSeconds("bob")).isEmpty();
  }

  @Test
  void aRateOfNothingIsRefused() {
    assertThatThrownBy(() -> new RateLimit(0, nanos::get))
        .hasMessage("bridle.guard.requests-per-second should be at least 1: was 0");
  }
}
