package dev.bridle.monitor.web.projection;

import dev.bridle.events.RunId;
import dev.bridle.events.TrainingEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Histories in a map, for tests of what is folded from them. */
final class HeapHistories implements RunHistories {
  private final TreeMap<String, TrainingEvent> entries = new TreeMap<>();

  @Override
  public <E extends TrainingEvent> void put(Chapter<E> chapter, E entry, byte[] json) {
    entries.put(prefix(chapter, entry.run()) + chapter.keyOf().apply(entry), entry);
  }

  @Override
  public <E extends TrainingEvent> Optional<E> find(Chapter<E> chapter, RunId run, String key) {
    return Optional.ofNullable(entries.get(prefix(chapter, run) + key)).map(chapter.event()::cast);
  }

  @Override
  public <E extends TrainingEvent> List<E> read(Chapter<E> chapter, RunId run) {
    String prefix = prefix(chapter, run);
    return entries.tailMap(prefix).entrySet().stream()
        .takeWhile(entry -> entry.getKey().startsWith(prefix))
        .map(Map.Entry::getValue)
        .map(chapter.event()::cast)
        .toList();
  }

  @Override
  public <E extends TrainingEvent> void remove(Chapter<E> chapter, E entry) {
    entries.remove(prefix(chapter, entry.run()) + chapter.keyOf().apply(entry));
  }

  @Override
  public void forget(RunId run) {
    entries.keySet().removeIf(key -> key.startsWith(run + "/"));
  }

  @Override
  public void close() {}

  private static String prefix(Chapter<?> chapter, RunId run) {
    return run + "/" + chapter.name() + "/";
  }
}
