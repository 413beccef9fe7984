package dev.bridle.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.bridle.trainer.Digits;
import dev.bridle.trainer.ModelKinds;
import dev.bridle.trainer.Training;
import dev.bridle.trainer.data.PreparedData;
import dev.bridle.trainer.spec.RunSpec;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every kind of model promises, and what is its own. */
class ModelKindsTest {
  private static final String CNN = "cnn with batch norm, max pools and both dropouts";

  static Set<String> kinds() {
    return ModelKinds.names();
  }

  @BeforeAll
  static void engine() {
    Training.loadEngine();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void learnsAndKeepsNoArrayAndGivesTheSameBitsAgain(String kind) {
    RunSpec spec = ModelKinds.spec(kind, 60);
    Training training = Training.of(spec);
    assertThat(training.epochs().get(59).metrics().get("label/accuracy")).isGreaterThan(0.6);
    assertThat(training.arrays().stream().distinct()).hasSize(1);
    assertThat(values(Training.of(spec).last())).isEqualTo(values(training.last()));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void countsItsWeightsAsTheEngineDoes(String kind) {
    RunSpec spec = ModelKinds.spec(kind, 1);
    Network network = Network.of(spec, 64, 10);
    long counted = 0;
    for (int i = 0; i < network.layers().size(); i++) {
      counted += network.layers().get(i).weights(network.inputShapes().get(i));
    }
    try (EngineNetwork engine = new EngineNetwork(network, 1)) {
      long there =
          engine.weights().tensors().values().stream().mapToLong(t -> t.values().length).sum();
      assertThat(counted).isEqualTo(there);
    }
  }

  @Test
  void poolsThatLeaveNothingOfTheImageAreRefused() {
    RunSpec spec = cnn("[{\"channels\": 2, \"pool\": 4}, {\"channels\": 2, \"pool\": 3}]", 8, 32);
    assertThatThrownBy(() -> Network.of(spec, 64, 10))
        .hasMessage(
            "model.blocks[1].pool should be at most 2, the pixels that the image has left there:"
                + " was 3");
  }

  @Test
  void modelsBeyondTheMachineAreRefusedBeforeAnythingIsAllocated() {
    RunSpec large =
        Digits.read(
            "{\"name\": \"x\", \"data\": {\"uri\": \"d.csv\"},"
                + " \"model\": {\"kind\": \"residual\", \"width\": 8192}}");
    assertThatThrownBy(() -> Network.of(large, 64, 10))
        .hasMessageStartingWith("model should have at most 50000000 weights: had ");
    RunSpec wide = cnn("[{\"channels\": 64, \"pool\": 8}]", 512, 64);
    assertThatThrownBy(() -> Network.of(wide, 512 * 512, 10))
        .hasMessageStartingWith("training.batchSize should be at most 2 for this model, whose")
        .hasMessageEndingWith("was 64");
    RunSpec wider = cnn("[{\"channels\": 256, \"pool\": 8}]", 512, 2);
    assertThatThrownBy(() -> Network.of(wider, 512 * 512, 10))
        .hasMessageStartingWith("model should have layers that yield at most 100000000 values");
  }

  @Test
  void runningStatisticsMoveByATenthToTheBatchesAndNoGradientReachesThem() {
    RunSpec spec = ModelKinds.spec("residual with batch norm and dropout", 1);
    PreparedData data = Digits.prepared(spec);
    try (EngineNetwork engine = new EngineNetwork(Network.of(spec, 64, 10), 1);
        NDManager manager = engine.manager().newSubManager()) {
      NDArray rows =
          manager.create(data.validation().features()).reshape(data.validation().count(), 64);
      float[] weight = engine.weights().tensor("dense1.weight").values();
      double mean = 0;
      float[] means = rows.mean(new int[] {0}).toFloatArray();
      for (int i = 0; i < 64; i++) {
        mean += weight[i] * means[i];
      }
      engine.trainingPass(rows);
      assertThat((double) engine.weights().tensor("norm1.runningMean").values()[0])
          .isCloseTo(0.1 * mean, within(1e-5));
      assertThat(engine.learned()).noneMatch(w -> w.name().contains("running"));
      assertThat(engine.learnedWeights().tensors().keySet())
          .contains("norm1.gamma", "norm1.beta")
          .doesNotContain("norm1.runningMean", "norm1.runningVar");
    }
  }

  @Test
  void restoredWeightsAnswerAsThoseThatWereKeptRunningStatisticsIncluded() {
    RunSpec spec = ModelKinds.spec(CNN, 1);
    PreparedData data = Digits.prepared(spec);
    try (EngineNetwork engine = new EngineNetwork(Network.of(spec, 64, 10), 1);
        NDManager manager = engine.manager().newSubManager()) {
      NDArray rows =
          manager.create(data.validation().features()).reshape(data.validation().count(), 64);
      engine.trainingPass(rows);
      Weights kept = engine.weights();
      float[] before = engine.outputs(data.validation());
      engine.trainingPass(rows.mul(3).add(1));
      assertThat(engine.outputs(data.validation())).isNotEqualTo(before);
      engine.restore(kept);
      assertThat(engine.outputs(data.validation())).isEqualTo(before);
    }
  }

  @Test
  void dropMapsDropsWholeMapsOfARowAndScalesTheOthers() {
    DropMaps drop = new DropMaps("drop", 0.25, 8);
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray ones = manager.ones(new ai.djl.ndarray.types.Shape(500, 8, 3, 3));
      var block = drop.block();
      var store = new ai.djl.training.ParameterStore(manager, false);
      float[] dropped =
          block
              .forward(store, new ai.djl.ndarray.NDList(ones), true)
              .singletonOrThrow()
              .toFloatArray();
      int zeros = 0;
      for (int map = 0; map < 4000; map++) {
        float first = dropped[map * 9];
        assertThat(Arrays.copyOfRange(dropped, map * 9, map * 9 + 9)).containsOnly(first);
        assertThat(first == 0 || Math.abs(first - 1 / 0.75) < 1e-5).isTrue();
        zeros += first == 0 ? 1 : 0;
      }
      assertThat(zeros / 4000.0).isCloseTo(0.25, within(0.03));
    }
  }

  private static RunSpec cnn(String blocks, int side, int batchSize) {
    return Digits.read(
        """
        {"name": "x", "data": {"uri": "d.csv", "image": {"height": %d, "width": %d}},
         "model": {"kind": "cnn", "blocks": %s, "hidden": []},
         "training": {"batchSize": %d}}
        """
            .formatted(side, side, blocks, batchSize));
  }

  private static Map<String, String> values(Weights weights) {
    Map<String, String> values = new TreeMap<>();
    weights.tensors().values().forEach(t -> values.put(t.name(), Arrays.toString(t.values())));
    return values;
  }
}
