package dev.bridle.monitor.run;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.RunId;
import java.util.List;

/** The epochs of a run as they were taken in, retained so that a new attempt can go on from one. */
public interface EpochHistory {
  /** In order, up to and with that epoch. */
  List<EpochCompleted> upTo(RunId run, int epoch);

  boolean has(EpochCompleted epoch);

  void add(EpochCompleted epoch);

  /** Drops what a new attempt supersedes. */
  void removeAfter(RunId run, int epoch);
}
