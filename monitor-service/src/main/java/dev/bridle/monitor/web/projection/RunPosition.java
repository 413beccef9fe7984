package dev.bridle.monitor.web.projection;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.bridle.events.RunId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;

/**
 * A run's place in the list: the newest first, of those begun at once by their ids. As a cursor it
 * is the place after which the next page begins, whatever has come or gone since.
 */
public record RunPosition(Instant startedAt, RunId run) implements Comparable<RunPosition> {
  private static final Comparator<RunPosition> NEWEST_FIRST =
      Comparator.comparing(RunPosition::startedAt).reversed().thenComparing(RunPosition::run);

  static RunPosition of(RunSummary run) {
    return new RunPosition(run.startedAt(), run.run());
  }

  /**
   * Reads what {@link #cursor()} wrote.
   *
   * @throws IllegalArgumentException if it is no cursor
   */
  public static RunPosition at(String cursor) {
    String[] parts = new String(Base64.getUrlDecoder().decode(cursor), UTF_8).split(" ", 2);
    try {
      return new RunPosition(Instant.parse(parts[0]), new RunId(parts[parts.length - 1]));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no place in a list", e);
    }
  }

  /** As text that a URL can carry. */
  @JsonValue
  public String cursor() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((startedAt + " " + run).getBytes(UTF_8));
  }

  @Override
  public int compareTo(RunPosition other) {
    return NEWEST_FIRST.compare(this, other);
  }
}
