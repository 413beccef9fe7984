package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;

/**
 * Judges a run, epoch by epoch.
 *
 * @param <S> what it remembers: a record of JSON's types whose size is bounded by the rule's
 *     settings, whatever the run's length
 */
public interface Rule<S> {
  /** What it remembers before the first epoch. */
  S initial();

  /**
   * Takes one more epoch in. Epochs come in order, each once; an epoch that lacks the rule's metric
   * changes nothing.
   */
  Judged<S> judge(S state, EpochCompleted epoch);
}
