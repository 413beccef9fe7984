package dev.bridle.monitor.web.projection;

import java.util.HashMap;
import java.util.Map;

/** One instance of what many runs have in common. Past its limit, values stay as they are. */
final class Pool<T> {
  private static final int LIMIT = 10_000;

  private final Map<T, T> known = new HashMap<>();

  T shared(T value) {
    T one = known.get(value);
    if (one == null && known.size() < LIMIT) {
      known.put(value, value);
    }
    return one == null ? value : one;
  }
}
