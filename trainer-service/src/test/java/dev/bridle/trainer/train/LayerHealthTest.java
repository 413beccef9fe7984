package dev.bridle.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bridle.events.MetricNames;
import dev.bridle.trainer.Training;
import dev.bridle.trainer.data.Rows;
import dev.bridle.trainer.model.EngineNetwork;
import dev.bridle.trainer.model.Network;
import dev.bridle.trainer.model.Weights;
import dev.bridle.trainer.regularization.Regularization;
import dev.bridle.trainer.spec.RunSpec;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On a network of 64-32-10 whose hidden biases decide which units are out of use. */
class LayerHealthTest {
  private static final Rows ROWS = new Rows(new float[4 * 64], 64, new int[4]);

  @BeforeAll
  static void engine() {
    Training.loadEngine();
  }

  @Test
  void unitsThatNoRowWakesAreDead() {
    Map<String, Double> metrics = measured("relu", new float[] {-1, -1, 1}, "[]");
    assertThat(metrics.get(MetricNames.deadShare("activation1"))).isEqualTo(31.0 / 32);
    assertThat(metrics.get(MetricNames.activationVariance("activation1")))
        .isCloseTo(1.0 / 32 - 1.0 / 1024, within(1e-6));
    assertThat(metrics).doesNotContainKey(MetricNames.saturatedShare("activation1"));
  }

  @Test
  void unitsInTheFlatPartOfTheirFunctionAreSaturated() {
    assertThat(measured("tanh", new float[] {-10, 9, 10}, "[]"))
        .containsEntry(MetricNames.saturatedShare("activation1"), 2.0 / 32);
    assertThat(measured("sigmoid", new float[] {-24, -20, 18, 16}, "[]"))
        .containsEntry(MetricNames.saturatedShare("activation1"), 2.0 / 32);
  }

  @Test
  void nanIsNeitherDeadNorSaturated() {
    assertThat(measured("relu", new float[] {Float.NaN, 1}, "[]"))
        .containsEntry(MetricNames.deadShare("activation1"), 30.0 / 32);
    assertThat(measured("tanh", new float[] {Float.NaN, 20}, "[]"))
        .containsEntry(MetricNames.saturatedShare("activation1"), 1.0 / 32);
  }

  @Test
  void ratesOfDropoutAreReported() {
    assertThat(measured("relu", new float[0], "[{\"technique\": \"dropout\", \"rate\": 0.3}]"))
        .containsEntry(MetricNames.dropout("dropout1"), 0.3);
  }

  @Test
  void theUpdateRatioIsTheChangesNormByTheWeights() {
    Map<String, Double> metrics = new TreeMap<>();
    LayerHealth.updateRatios(weights(3, 0), weights(3, 4), metrics);
    assertThat(metrics).containsEntry(MetricNames.updateRatio("dense1"), 4.0 / 5);
    LayerHealth.updateRatios(weights(0, 0), weights(0, 0), metrics);
    assertThat(metrics).containsEntry(MetricNames.updateRatio("dense1"), 0.0);
  }

  private static Weights weights(float weight, float bias) {
    return new Weights(
        Map.of(
            "dense1.weight",
            new Weights.Tensor("dense1.weight", new long[] {1, 1}, new float[] {weight}),
            "dense1.bias",
            new Weights.Tensor("dense1.bias", new long[] {1}, new float[] {bias})));
  }

  /**
   * @param biases of the first hidden units, the others' are 0; the features are 0
   */
  private static Map<String, Double> measured(
      String activation, float[] biases, String regularization) {
    RunSpec spec = Training.spec(1, activation, regularization);
    Network network = Regularization.of(spec).regularized(Network.of(spec, 64, 10));
    Map<String, Double> metrics = new TreeMap<>();
    try (EngineNetwork engine = new EngineNetwork(network, 1)) {
      engine.learned().stream()
          .filter(weight -> weight.name().equals("dense1.bias"))
          .forEach(weight -> weight.view().put(biases));
      LayerHealth.measure(engine, ROWS, metrics);
    }
    return metrics;
  }
}
