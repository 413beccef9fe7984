package dev.bridle.benchmarks.published;

/** What a network is trained with, and its error on MNIST in Srivastava et al., 2014. */
enum Variant {
  NONE("none", 0, "", 1.60),
  DROPOUT("dropout", 0.5, "", 1.25),
  DROPOUT_MAX_NORM("dropout-max-norm", 0.5, "{\"technique\": \"maxNorm\", \"norm\": 1.5}", 1.05);

  private final String key;
  private final double dropout;
  private final String techniques;
  private final double publishedError;

  Variant(String key, double dropout, String techniques, double publishedError) {
    this.key = key;
    this.dropout = dropout;
    this.techniques = techniques;
    this.publishedError = publishedError;
  }

  String key() {
    return key;
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
