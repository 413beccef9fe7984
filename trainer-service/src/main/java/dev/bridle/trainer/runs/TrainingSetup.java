package dev.bridle.trainer.runs;

import dev.bridle.trainer.data.DatasetsFolder;
import java.net.URI;
import java.time.Duration;

/**
 * What a trainer trains with.
 *
 * @param publicUrl under which others reach this trainer's REST
 * @param checkpointInterval between a run's checkpoints, by the clock, at the end of an epoch
 * @param engine loads the training engine, unless it is loaded
 */
public record TrainingSetup(
    DatasetsFolder datasets, URI publicUrl, Duration checkpointInterval, Runnable engine) {}
