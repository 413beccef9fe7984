package dev.bridle.monitor.replay;

import dev.bridle.events.EpochCompleted;
import java.util.List;

/** A run's epochs, in order, under a name for people. */
public record Curve(String name, List<EpochCompleted> epochs) {
  public Curve {
    epochs = List.copyOf(epochs);
    for (int i = 1; i < epochs.size(); i++) {
      int before = epochs.get(i - 1).epoch();
      if (epochs.get(i).epoch() <= before) {
        throw new IllegalArgumentException(
            "%s: epochs should rise: %d came after %d"
                .formatted(name, epochs.get(i).epoch(), before));
      }
    }
  }
}
