package dev.bridle.localstack.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Images that show nothing: every pixel is drawn on its own. */
final class NoiseImages {
  private NoiseImages() {}

  /**
   * @param brightest pixels are uniform over the whole numbers from 0 to this, as the digits' are
   */
  static List<double[]> uniform(int images, int pixels, int brightest, long seed) {
    Random random = new Random(seed);
    List<double[]> drawn = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      drawn.add(random.ints(pixels, 0, brightest + 1).asDoubleStream().toArray());
    }
    return drawn;
  }
}
