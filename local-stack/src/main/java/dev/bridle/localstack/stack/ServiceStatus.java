package dev.bridle.localstack.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a look at a service showed.
 *
 * @param pid absent unless it runs
 * @param uptime since its start; absent unless it runs
 */
public record ServiceStatus(
    String name,
    Health health,
    OptionalLong pid,
    String address,
    Optional<Duration> uptime,
    Path log) {
  /** From absent to usable. */
  public enum Health {
    DOWN,
    STARTING,
    READY
  }
}
