package dev.bridle.trainer.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.bridle.trainer.Digits;
import dev.bridle.trainer.Training;
import dev.bridle.trainer.data.DataException;
import dev.bridle.trainer.data.PreparedData;
import dev.bridle.trainer.data.Rows;
import dev.bridle.trainer.data.Table;
import dev.bridle.trainer.data.Target;
import dev.bridle.trainer.spec.ClassWeights;
import dev.bridle.trainer.spec.InvalidFieldException;
import dev.bridle.trainer.spec.RunSpec;
import dev.bridle.trainer.spec.SpecJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassWeightsTest {
  private static final List<String> CLASSES = List.of("a", "b");
  private static final ClassWeights BALANCED = new ClassWeights(Map.of());

  @BeforeAll
  static void engine() {
    Training.loadEngine();
  }

  @Test
  void balancedWeighsEachClassByTheInverseOfItsRows() {
    assertThat(ClassScale.of(BALANCED, CLASSES, new int[] {0, 0, 0, 1})).containsExactly(4f / 6, 2);
    assertThat(ClassScale.of(BALANCED, CLASSES, new int[] {0, -1, 1})).containsExactly(1, 1);
    assertThat(ClassScale.of(BALANCED, List.of("a", "b", "c"), new int[] {0, 1}))
        .containsExactly(1, 1, 1);
  }

  @Test
  void weightsByClassAreScaledToAMeanOfOneOverTheRows() {
    ClassWeights weights = new ClassWeights(Map.of("b", 5.0));
    assertThat(ClassScale.of(weights, CLASSES, new int[] {0, 0, 0, 1})).containsExactly(0.5f, 2.5f);
  }

  @Test
  void aClassThatThereIsNotIsNamed() {
    assertThatThrownBy(
            () -> ClassScale.of(new ClassWeights(Map.of("z", 2.0)), CLASSES, new int[] {0, 1}))
        .isInstanceOf(DataException.class)
        .hasMessage("heads.classWeights should name classes of the data: was 'z', they are a, b");
  }

  @Test
  void theLossOfTheEngineIsTheFormulaWorkedByHand() {
    float[] weights = {0.5f, 2};
    // Softmax 1/4, 3/4; 1/2, 1/2. The second row's label is smoothed to 1/4, 3/4.
    float[] outputs = {0, (float) Math.log(3), 0, 0};
    float[] targets = {1, 0, 0.25f, 0.75f};
    double expected = (0.5 * Math.log(4) + 0.25 * 0.5 * Math.log(2) + 0.75 * 2 * Math.log(2)) / 2;
    for (boolean partial : new boolean[] {false, true}) {
      Classification head = new Classification("y", 1, 0, CLASSES, partial, weights);
      try (NDManager manager = NDManager.newBaseManager()) {
        NDArray z = manager.create(outputs, new Shape(2, 2));
        NDArray t = manager.create(targets, new Shape(2, 2));
        assertThat(head.loss(z, t).getFloat()).isCloseTo((float) expected, within(1e-6f));
      }
    }
  }

  @Test
  void theLossOfAnEpochWeighsTheRowsAndTheMetricsDoNot() {
    Classification head = new Classification("y", 1, 0, CLASSES, true, new float[] {0.5f, 2});
    Rows rows = new Rows(new float[3], 1, new int[] {0, 1, Rows.UNLABELED});
    float[] outputs = {0, (float) Math.log(3), 0, 0, 9, 9};
    Head.Quality quality = head.quality(outputs, rows);
    assertThat(quality.loss()).isCloseTo((0.5 * Math.log(4) + 2 * Math.log(2)) / 2.5, within(1e-6));
    assertThat(quality.metrics().get("y/nll"))
        .isCloseTo((Math.log(4) + Math.log(2)) / 2, within(1e-6));
  }

  @Test
  void aRareClassIsFoundMoreOftenWhereClassesAreBalanced() {
    double plain = recall("");
    double balanced = recall(", \"classWeights\": \"balanced\"");
    assertThat(plain).isLessThan(0.5);
    assertThat(balanced).isGreaterThan(0.7);
  }

  /** Of the rarer of two overlapping classes, 1 row in 20. */
  private static double recall(String classWeights) {
    RunSpec spec =
        Digits.read(
            """
            {"name": "rare", "data": {"uri": "rare.csv"},
             "model": {"kind": "mlp", "hidden": [8]},
             "heads": [{"kind": "classification", "target": "y"%s}],
             "training": {"epochs": 15, "optimizer": {"kind": "adam", "learningRate": 0.02}}}
            """
                .formatted(classWeights));
    Random random = new Random(5);
    int[] labels = new int[5000];
    float[] features = new float[labels.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 20 == 0 ? 1 : 0;
      features[i] = (float) (random.nextGaussian() + 2.2 * labels[i]);
    }
    Table table =
        new Table(
            List.of("x"), List.of(new Target("y", CLASSES)), new Rows(features, 1, labels), "none");
    Training training = Training.of(spec, PreparedData.of(table, spec.data(), 1), e -> null).left();
    return training.epochs().get(14).metrics().get("y/worstRecall");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"balanced\"", "{\"0\":2.5,\"7\":1.0}"})
  void aSpecKeepsWhatItSays(String weights) {
    RunSpec spec = spec(weights);
    assertThat(SpecJson.compact(spec.heads().get(0))).contains("\"classWeights\":" + weights);
    assertThat(SpecJson.read(SpecJson.write(spec))).isEqualTo(spec);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "even"     | should be 'balanced' or an object of weights by class: was "even"
          {}         | should be 'balanced' or an object of weights by class: was {}
          {"a": "2"} | the weight of 'a' should be a number: was "2"
          {"a": 0}   | the weight of 'a' should be above 0 and at most 1000: was 0.0
          """)
  void whatAreNoWeightsIsNamed(String weights, String message) {
    assertThatThrownBy(() -> spec(weights))
        .isInstanceOf(InvalidFieldException.class)
        .hasMessageStartingWith("heads[0].classWeights ")
        .hasMessageEndingWith(message);
  }

  private static RunSpec spec(String weights) {
    String json =
        "{\"name\": \"x\", \"data\": {\"uri\": \"x.csv\"}, \"heads\": [{\"kind\":"
            + " \"classification\", \"target\": \"y\", \"classWeights\": "
            + weights
            + "}]}";
    return SpecJson.read(json.getBytes(StandardCharsets.UTF_8));
  }
}
