package dev.bridle.trainer.study;

import dev.bridle.events.Phase;
import dev.bridle.events.RunId;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One run of a study as it is now.
 *
 * @param progressPercent of the planned epochs
 * @param epochs trained so far
 * @param validationLoss of the best epoch; empty before the first
 * @param value of the study's metric; empty until the run has succeeded
 * @param unusedFeatures whose weights in the first layer are all zero
 */
public record ArmRun(
    long seed,
    RunId run,
    Phase phase,
    double progressPercent,
    int epochs,
    OptionalDouble validationLoss,
    OptionalDouble value,
    List<String> unusedFeatures) {}
