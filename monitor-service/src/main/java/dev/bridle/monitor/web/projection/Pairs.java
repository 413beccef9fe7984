package dev.bridle.monitor.web.projection;

import dev.bridle.events.RunId;
import dev.bridle.events.TrainingEvent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Events that open something, and those that close it, in any order: signals and their answers,
 * alerts and their ends. Both lie in the histories; here is what is open.
 */
final class Pairs<O extends TrainingEvent, C extends TrainingEvent> {
  private final RunId run;
  private final RunHistories histories;
  private final Chapter<O> openings;
  private final Chapter<C> closings;
  private final Function<O, String> ruleOf;
  private Map<String, String> open = Map.of(); // most runs have nothing open
  private int count;

  /**
   * @param closings under the keys of what they close
   */
  Pairs(
      RunId run,
      RunHistories histories,
      Chapter<O> openings,
      Chapter<C> closings,
      Function<O, String> ruleOf) {
    this.run = run;
    this.histories = histories;
    this.openings = openings;
    this.closings = closings;
    this.ruleOf = ruleOf;
  }

  /**
   * Whether it was news.
   *
   * @param json of the event
   */
  boolean opened(O event, byte[] json) {
    String key = openings.keyOf().apply(event);
    if (histories.find(openings, run, key).isPresent()) {
      return false;
    }
    histories.put(openings, event, json);
    count++;
    if (histories.find(closings, run, key).isEmpty()) {
      open = open.isEmpty() ? new TreeMap<>() : open;
      open.put(key, ruleOf.apply(event));
    }
    return true;
  }

  /**
   * Whether it was news of something that was opened; otherwise it is kept until that comes.
   *
   * @param json of the event
   */
  boolean closed(C event, byte[] json) {
    String key = closings.keyOf().apply(event);
    if (histories.find(closings, run, key).isPresent()) {
      return false;
    }
    histories.put(closings, event, json);
    noLongerOpen(key);
    return histories.find(openings, run, key).isPresent();
  }

  /** The others were never opened. */
  void keep(Predicate<O> stands) {
    for (O event : count == 0 ? List.<O>of() : histories.read(openings, run)) {
      if (!stands.test(event)) {
        histories.remove(openings, event);
        noLongerOpen(openings.keyOf().apply(event));
        count--;
      }
    }
  }

  private void noLongerOpen(String key) {
    if (!open.isEmpty()) {
      open.remove(key);
      open = open.isEmpty() ? Map.of() : open;
    }
  }

  /** What closed it. */
  Optional<C> closing(O event) {
    String key = openings.keyOf().apply(event);
    return open.containsKey(key) ? Optional.empty() : histories.find(closings, run, key);
  }

  /** How many were opened. */
  int count() {
    return count;
  }

  /** The rules of what is open: one for each. */
  Collection<String> open() {
    return open.values();
  }
}
