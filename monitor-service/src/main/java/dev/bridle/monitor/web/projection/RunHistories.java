package dev.bridle.monitor.web.projection;

import dev.bridle.events.RunId;
import dev.bridle.events.TrainingEvent;
import dev.bridle.events.wire.EventJson;
import java.util.List;
import java.util.Optional;

/**
 * What happened in the runs, however long they are: kept where it costs no heap, and read when
 * somebody looks at a run. Nothing in it has to survive the process.
 */
public interface RunHistories extends AutoCloseable {
  /**
   * Keeps an entry of its event's run; one of the same key gives way.
   *
   * @param json of the entry
   */
  <E extends TrainingEvent> void put(Chapter<E> chapter, E entry, byte[] json);

  /** Keeps an entry whose JSON isn't at hand. */
  default <E extends TrainingEvent> void put(Chapter<E> chapter, E entry) {
    put(chapter, entry, EventJson.written(entry));
  }

  <E extends TrainingEvent> Optional<E> find(Chapter<E> chapter, RunId run, String key);

  /** A run's entries in the order of their keys; none of an unknown run. */
  <E extends TrainingEvent> List<E> read(Chapter<E> chapter, RunId run);

  /** Of an absent entry: does nothing. */
  <E extends TrainingEvent> void remove(Chapter<E> chapter, E entry);

  /** All chapters of the run. */
  void forget(RunId run);

  @Override
  void close();
}
