package dev.bridle.benchmarks.published;

/**
 * What a network is trained with, and its error on MNIST in Srivastava et al., 2014. The settings
 * were chosen by the validation images of a seed that is none of the compared ones.
 */
enum Variant {
  NONE("none", 0, 0.03, "", 1.60),
  DROPOUT("dropout", 0.5, 0.03, "", 1.25),
  /** What keeps the weights small allows for steps that dropout alone does not bear. */
  DROPOUT_MAX_NORM(
      "dropout-max-norm", 0.5, 0.1, "{\"technique\": \"maxNorm\", \"norm\": 1.0}", 1.05);

  private final String key;
  private final double dropout;
  private final double learningRate;
  private final String techniques;
  private final double publishedError;

  Variant(
      String key, double dropout, double learningRate, String techniques, double publishedError) {
    this.key = key;
    this.dropout = dropout;
    this.learningRate = learningRate;
    this.techniques = techniques;
    this.publishedError = publishedError;
  }

  String key() {
    return key;
  }

  double learningRate() {
    return learningRate;
  }

  /** Percent of the test images. */
  double publishedError() {
    return publishedError;
  }

  String model() {
    return "{\"kind\": \"mlp\", \"hidden\": [1024, 1024], \"dropout\": %s}".formatted(dropout);
  }

  String regularization() {
    return "[" + techniques + "]";
  }
}
