package dev.bridle.trainer.train;

import dev.bridle.events.TrainingOutcome;
import java.util.OptionalInt;

/**
 * How training ended.
 *
 * @param lastEpoch the last epoch that was trained
 * @param bestEpoch the epoch with the lowest validation loss, whose weights the network holds now;
 *     empty if no epoch's was finite
 */
public record TrainingResult(TrainingOutcome outcome, int lastEpoch, OptionalInt bestEpoch) {}
