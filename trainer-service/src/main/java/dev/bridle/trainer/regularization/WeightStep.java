package dev.bridle.trainer.regularization;

/**
 * One weight array in one step, row-major.
 *
 * @param matrix whether it multiplies inputs; penalties pass over what doesn't (biases)
 * @param units its rows: the weights of one unit's inputs are one row
 * @param values before the update, then after it; to be changed in place
 * @param gradient to be changed in place
 */
public record WeightStep(
    String layer, String name, boolean matrix, int units, float[] values, float[] gradient) {}
