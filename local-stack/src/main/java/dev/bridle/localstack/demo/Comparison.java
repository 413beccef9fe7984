package dev.bridle.localstack.demo;

import dev.bridle.localstack.demo.ServedModel.Uncertain;
import java.util.List;

/**
 * Three ways to predict the same test rows, measured in the same way, all as the models are served.
 *
 * @param digitEntropy mean predictive entropy of the Monte Carlo predictions over the test rows
 * @param noiseEntropy the same over images that show nothing
 */
record Comparison(
    Evaluation plain,
    Evaluation dropout,
    Evaluation monteCarlo,
    double digitEntropy,
    double noiseEntropy) {
  static final int SAMPLES = 100;
  static final int NOISE_IMAGES = 500;
  private static final long SEED = 7;
  private static final int BRIGHTEST_PIXEL = 16;

  static Comparison of(
      ServedModel plain, Dataset plainTest, ServedModel dropout, Dataset dropoutTest) {
    Uncertain digits = dropout.predictWithMonteCarlo(dropoutTest.features(), SAMPLES, SEED);
    int pixels = dropoutTest.features().get(0).length;
    List<double[]> images = NoiseImages.uniform(NOISE_IMAGES, pixels, BRIGHTEST_PIXEL, SEED);
    Uncertain noise = dropout.predictWithMonteCarlo(images, SAMPLES, SEED);
    return new Comparison(
        Evaluation.of(plain.predict(plainTest.features()), plainTest.labels()),
        Evaluation.of(dropout.predict(dropoutTest.features()), dropoutTest.labels()),
        Evaluation.of(digits.probabilities(), dropoutTest.labels()),
        digits.meanEntropy(),
        noise.meanEntropy());
  }
}
