package dev.bridle.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bridle.trainer.spec.AdamSpec;
import org.junit.jupiter.api.Test;

class AdamTest {
  private final Adam adam = new Adam(new AdamSpec(0.1, 0.9, 0.999, 1e-8));

  @Test
  void theFirstStepIsTheLearningRateWhateverTheGradientsSize() {
    float[] weight = {1, 1};
    adam.beginStep(0.1);
    adam.update("w", weight, new float[] {1000, -0.001f});
    assertThat(weight[0]).isCloseTo(0.9f, within(1e-5f));
    assertThat(weight[1]).isCloseTo(1.1f, within(1e-4f));
  }

  @Test
  void theSecondStepFollowsTheMoments() {
    float[] weight = {0};
    adam.beginStep(0.1);
    adam.update("w", weight, new float[] {1});
    adam.beginStep(0.1);
    adam.update("w", weight, new float[] {3});
    double m = (0.9 * 0.1 + 0.1 * 3) / (1 - 0.81);
    double v = (0.999 * 0.001 + 0.001 * 9) / (1 - 0.999 * 0.999);
    assertThat((double) weight[0]).isCloseTo(-0.1 - 0.1 * m / Math.sqrt(v), within(1e-4));
  }
}
