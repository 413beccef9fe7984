package dev.bridle.monitor.run;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.RunId;
import java.util.List;
import java.util.TreeMap;

/** The history of one run, in memory. */
final class MemoryHistory implements EpochHistory {
  final TreeMap<Integer, EpochCompleted> epochs = new TreeMap<>();

  @Override
  public List<EpochCompleted> upTo(RunId run, int epoch) {
    return List.copyOf(epochs.headMap(epoch, true).values());
  }

  @Override
  public boolean has(EpochCompleted epoch) {
    return epochs.containsKey(epoch.epoch());
  }

  @Override
  public void add(EpochCompleted epoch) {
    epochs.put(epoch.epoch(), epoch);
  }

  @Override
  public void removeAfter(RunId run, int epoch) {
    epochs.tailMap(epoch, false).clear();
  }
}
