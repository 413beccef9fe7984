package dev.bridle.monitor.replay;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.RunId;
import dev.bridle.monitor.run.EpochHistory;
import java.util.List;

/** A replay has one attempt, and each epoch once: nothing is ever looked up. */
final class NoHistory implements EpochHistory {
  @Override
  public List<EpochCompleted> upTo(RunId run, int epoch) {
    return List.of();
  }

  @Override
  public boolean has(EpochCompleted epoch) {
    return false;
  }

  @Override
  public void add(EpochCompleted epoch) {
    // Not needed.
  }

  @Override
  public void removeAfter(RunId run, int epoch) {
    // Nothing to remove.
  }
}
