package dev.bridle.monitor.replay;

import dev.bridle.events.SignalIssued;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a policy makes of a curve. Indices count the curve's epochs from 0.
 *
 * @param curve its name
 * @param stopIndex the observation after which the stop is signaled; empty if it never is
 * @param bestIndex by the stopping rule; empty if there is no stop, or the rule knows no best
 * @param reason of the stop, or that there is none
 * @param signals what else the policy asks of the trainer, up to the stop
 * @param epochsSaved how many epochs of the curve follow the stop
 */
public record Replayed(
    String curve,
    OptionalInt stopIndex,
    OptionalInt bestIndex,
    String reason,
    List<IndexedSignal> signals,
    int epochsSaved) {
  /** A signal at its place in the curve. */
  public record IndexedSignal(int index, SignalIssued signal) {}

  public Replayed {
    signals = List.copyOf(signals);
  }
}
