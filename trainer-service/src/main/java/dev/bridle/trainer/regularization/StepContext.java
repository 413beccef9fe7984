package dev.bridle.trainer.regularization;

import ai.djl.ndarray.NDManager;
import dev.bridle.trainer.head.Heads;
import java.util.Optional;

/**
 * Where a step's changes happen.
 *
 * @param manager frees its arrays when the step is over
 * @param seed of the step, for what isn't drawn from the engine
 * @param heads whose targets the step trains on
 * @param images empty where the features are no images
 */
public record StepContext(NDManager manager, long seed, Heads heads, Optional<Images> images) {
  Images requiredImages() {
    return images.orElseThrow(() -> new IllegalStateException("the features are no images"));
  }
}
