package dev.bridle.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.trainer.Training;
import dev.bridle.trainer.model.EngineNetwork;
import dev.bridle.trainer.model.EngineWeight;
import dev.bridle.trainer.model.Network;
import dev.bridle.trainer.model.Weights;
import dev.bridle.trainer.regularization.Regularization;
import dev.bridle.trainer.spec.RunSpec;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Noise on weights lasts for one pass. */
class PerturbationTest {
  @BeforeAll
  static void engine() {
    Training.loadEngine();
  }

  @Test
  void matricesAreOthersForThePassAndHaveTheirBitsBackBehindIt() {
    perturbed("{\"technique\": \"weightNoise\", \"deviation\": 0.1}");
    perturbed("{\"technique\": \"dropConnect\", \"rate\": 0.5}");
  }

  @Test
  void theGradientOfADroppedWeightIsZeroAndOthersGrowAsTheirWeightsDo() {
    RunSpec spec = Training.spec(1, "relu", "[{\"technique\": \"dropConnect\", \"rate\": 0.5}]");
    try (EngineNetwork engine = new EngineNetwork(Network.of(spec, 64, 10), 1)) {
      EngineWeight weight = engine.learned().get(0);
      float[] before = weight.values().clone();
      try (Perturbation perturbation =
          new Perturbation(Regularization.of(spec), engine.learned(), engine.manager())) {
        float[] during = weight.values().clone();
        float[] ones = new float[before.length];
        Arrays.fill(ones, 1);
        float[] gradient = perturbation.gradientOf(weight, ones);
        for (int i = 0; i < before.length; i++) {
          assertThat(gradient[i]).isIn(0f, 2f);
          assertThat(during[i]).isEqualTo(before[i] * gradient[i]);
        }
      }
    }
  }

  private static void perturbed(String technique) {
    RunSpec spec = Training.spec(1, "relu", "[" + technique + "]");
    try (EngineNetwork engine = new EngineNetwork(Network.of(spec, 64, 10), 1)) {
      Weights before = engine.weights();
      try (Perturbation perturbation =
          new Perturbation(Regularization.of(spec), engine.learned(), engine.manager())) {
        for (EngineWeight weight : engine.learned()) {
          boolean same = Arrays.equals(weight.values(), before.tensor(weight.name()).values());
          assertThat(same).as(weight.name()).isEqualTo(!weight.isMatrix());
        }
      }
      for (EngineWeight weight : engine.learned()) {
        assertThat(weight.values()).isEqualTo(before.tensor(weight.name()).values());
      }
    }
  }
}
