package dev.bridle.inference.engine;

/** Where the aleatoric variance of a regression's output is known from. */
public sealed interface Noise {
  /**
   * The model predicts it row by row: the mean over the sub-networks of that output, E[sigma^2]
   * (Kendall and Gal, arXiv:1703.04977, equation 9).
   *
   * @param output {@code <y>_variance}, of the shape of y
   */
  record Predicted(String output) implements Noise {}

  /**
   * The same for every row: the mean squared error on the trainer's validation split. It holds what
   * the model gets wrong there too, so it is more than the data's own noise and never less, on
   * average.
   *
   * @param variance in the squared unit of the target
   */
  record Residual(double variance) implements Noise {}
}
