package dev.bridle.trainer.runs;

import dev.bridle.events.SignalId;
import java.time.Instant;

/**
 * A knob that a signal turned in mid-run.
 *
 * @param afterEpoch the last epoch that was trained before
 * @param change the knob before and after: {@code learningRate 0.001 -> 5.0E-4}
 */
public record Adjustment(
    int afterEpoch, SignalId signal, String rule, String change, Instant time) {}
