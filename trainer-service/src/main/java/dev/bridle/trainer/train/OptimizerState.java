package dev.bridle.trainer.train;

import dev.bridle.trainer.model.Weights;

/**
 * What an optimizer remembers.
 *
 * @param steps taken so far
 * @param moments by their kind and weight, such as {@code first.dense1.weight}; none for a weight
 *     before its first update
 */
public record OptimizerState(int steps, Weights moments) {}
