package dev.bridle.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bridle.trainer.spec.SgdSpec;
import org.junit.jupiter.api.Test;

class SgdTest {
  @Test
  void momentumAddsUpThroughTheRateOfEachStep() {
    Sgd sgd = new Sgd(new SgdSpec(0.1, 0.5));
    float[] weight = {0};
    sgd.beginStep(0.1);
    sgd.update("w", weight, new float[] {1});
    sgd.beginStep(0.2);
    sgd.update("w", weight, new float[] {1});
    assertThat(weight[0]).isCloseTo(-0.1f - 0.2f * 1.5f, within(1e-6f));
  }
}
