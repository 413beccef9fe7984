package dev.bridle.trainer.study;

import dev.bridle.events.RunId;
import dev.bridle.trainer.spec.StudySpec;
import java.time.Instant;
import java.util.List;

/**
 * A study as it is kept: its results are its runs'.
 *
 * @param runs of each arm, in the arms' order, one a seed
 */
record Study(String study, Instant submitted, StudySpec spec, List<List<RunId>> runs) {}
