package dev.bridle.benchmarks.uci;

/**
 * What the test rows of one split said.
 *
 * @param rmse of MC-dropout's mean
 * @param logLikelihood of its samples
 * @param plainRmse of the same network with Dropout switched off
 * @param plainLogLikelihood of its answer as the one sample, at the same precision
 */
record Tested(
    Choice choice,
    double rmse,
    double logLikelihood,
    double plainRmse,
    double plainLogLikelihood) {}
