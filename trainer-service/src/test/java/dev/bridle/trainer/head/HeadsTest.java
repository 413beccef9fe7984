package dev.bridle.trainer.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import dev.bridle.trainer.Digits;
import dev.bridle.trainer.Training;
import dev.bridle.trainer.data.PreparedData;
import dev.bridle.trainer.data.Rows;
import dev.bridle.trainer.spec.RunSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The heads' formulas, worked by hand, and how several become one loss. */
class HeadsTest {
  private static final String OLIVES =
      """
      {"name": "x", "data": {"uri": "olive.csv"}, "heads": [
        {"kind": "regression", "target": "oleic", "weight": %s},
        {"kind": "classification", "target": "area"},
        {"kind": "classification", "target": "region"}]}
      """;
  private NDManager manager;

  @BeforeAll
  static void engine() {
    Training.loadEngine();
  }

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void regressionStandardizesByTheTrainingRowsAndAnswersInTheTargetsUnit() {
    Rows training = numbers(10, 30);
    Regression head = Regression.fitted("y", 1, 0, training);
    assertThat(head.mean()).isEqualTo(20);
    assertThat(head.deviation()).isEqualTo(10);
    assertThat(head.targets(training)).containsExactly(-1, 1);
    assertThat(head.answers(new float[] {0, 2})).containsExactly(20, 40);
    Head.Quality quality = head.quality(new float[] {-1, 3}, training);
    assertThat(quality.loss()).isEqualTo(2);
    assertThat(quality.metrics()).isEqualTo(Map.of("y/rmse", Math.sqrt(2), "y/mae", 1.0));
  }

  @Test
  void aConstantTargetIsNotDividedByZeroAndANanMakesTheLossNan() {
    Regression head = Regression.fitted("y", 1, 0, numbers(5, 5));
    assertThat(head.deviation()).isEqualTo(1);
    assertThat(head.quality(new float[] {Float.NaN, 0}, numbers(5, 5)).loss()).isNaN();
  }

  @Test
  void multiLabelAgreesWithTheFormulasWorkedByHand() {
    MultiLabel head = new MultiLabel("m", 1, List.of(0, 1), List.of("a", "b"));
    Rows rows = new Rows(new float[2], 1, List.of(new float[] {1, 0}, new float[] {0, 0}));
    float log3 = (float) Math.log(3);
    // Sigmoids 3/4, 1/4; 3/4, 1/4: the first row is right, the second is not.
    float[] outputs = {log3, -log3, log3, -log3};
    Head.Quality quality = head.quality(outputs, rows);
    double expected = (3 * -Math.log(0.75) - Math.log(0.25)) / 2;
    assertThat(quality.loss()).isCloseTo(expected, within(1e-6));
    assertThat(quality.metrics().get("m/accuracy")).isEqualTo(0.5);
    assertThat(head.answers(outputs))
        .containsExactly(new float[] {0.75f, 0.25f, 0.75f, 0.25f}, within(1e-6f));
    assertThat(head.targets(rows)).containsExactly(1, 0, 0, 0);
    NDArray loss = head.loss(array(outputs, 2), array(head.targets(rows), 2));
    assertThat((double) loss.getFloat()).isCloseTo(expected, within(1e-6));
    assertThat(head.smoothed(array(new float[] {1, 0}, 2), 0.2).toFloatArray())
        .containsExactly(new float[] {0.9f, 0.1f}, within(1e-6f));
  }

  @Test
  void greatOutputsOfMultiLabelDoNotOverflow() {
    MultiLabel head = new MultiLabel("m", 1, List.of(0), List.of("a"));
    NDArray loss = head.loss(array(new float[] {200, -200}, 1), array(new float[] {1, 1}, 1));
    assertThat(loss.getFloat()).isEqualTo(100);
  }

  @Test
  void rowsWithoutALabelAddNothingToLossGradientOrQuality() {
    Rows all =
        new Rows(
            new float[3], 1, List.of(new float[] {1, Float.NaN, 0}, new float[] {2, 4, Float.NaN}));
    Rows first = all.select(new int[] {0, 2});
    Rows second = all.select(new int[] {0, 1});
    requireSame(
        new Classification("c", 1, 0, List.of("a", "b"), true, new float[0]),
        all,
        first,
        1,
        new int[] {0, 2});
    requireSame(new Regression("r", 1, 1, 3, 1), all, second, 2, new int[] {0, 1});
    requireSame(new MultiLabel("m", 1, List.of(0), List.of("a")), all, first, 1, new int[] {0, 2});
  }

  /** The head says the same of all rows as of those that have its label. */
  private void requireSame(Head head, Rows all, Rows labeled, int missing, int[] kept) {
    float[] outputs = drawn(3 * head.outputs());
    float[] fewer = new Rows(outputs, head.outputs(), new int[3]).select(kept).features();
    assertThat(head.quality(outputs, all)).isEqualTo(head.quality(fewer, labeled));
    NDArray z = array(outputs, head.outputs());
    z.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray loss = head.loss(z, array(head.targets(all), head.outputs()));
      collector.backward(loss);
      assertThat((double) loss.getFloat())
          .isCloseTo(head.quality(outputs, all).loss(), within(1e-6));
    }
    float[] gradient = z.getGradient().toFloatArray();
    for (int i = 0; i < gradient.length; i++) {
      if (i / head.outputs() == missing) {
        assertThat(gradient[i]).isZero();
      } else {
        assertThat(gradient[i]).isFinite().isNotZero();
      }
    }
  }

  @Test
  void aBatchWithoutAnyLabelHasNoLoss() {
    NDArray missing = array(new float[] {Float.NaN}, 1);
    assertThat(new Regression("r", 1, 0, 0, 1).loss(array(new float[] {7}, 1), missing).getFloat())
        .isZero();
    NDArray none = array(new float[] {0, 0}, 2);
    Classification head = new Classification("c", 1, 0, List.of("a", "b"), true, new float[0]);
    assertThat(head.loss(array(new float[] {7, 1}, 2), none).getFloat()).isZero();
    assertThat(head.smoothed(none, 0.2).toFloatArray()).containsOnly(0);
  }

  @Test
  void theEnginesLossOfSeveralHeadsIsTheSumOfTheirsTimesTheirWeights() {
    RunSpec spec = Digits.read(OLIVES.formatted("0.25"));
    PreparedData data = Digits.prepared(spec);
    Heads heads = Heads.of(spec, data);
    assertThat(heads.outputs()).isEqualTo(1 + 9 + 3);
    float[] outputs = drawn(data.validation().count() * 13);
    List<Head.Quality> quality = heads.quality(outputs, data.validation());
    double sum = 0.25 * quality.get(0).loss() + quality.get(1).loss() + quality.get(2).loss();
    assertThat(heads.loss(quality)).isCloseTo(sum, within(1e-9));
    NDArray loss =
        heads.loss(
            array(outputs, 13), array(heads.targets(data.validation()), 13), Optional.empty());
    assertThat((double) loss.getFloat()).isCloseTo(sum, within(1e-4));
    assertThat(heads.answers(outputs).keySet())
        .containsExactly("oleic/values", "area/probabilities", "region/probabilities");
  }

  @Test
  void uncertaintyWeighsEachLossByItsVarianceAsKendallsFormulaSays() {
    RunSpec spec = Digits.read(OLIVES.formatted("1"));
    PreparedData data = Digits.prepared(spec);
    Heads heads = Heads.of(spec, data);
    float[] outputs = drawn(data.validation().count() * 13);
    List<Head.Quality> quality = heads.quality(outputs, data.validation());
    float[] s = {0.5f, -1, 2};
    double expected =
        0.5 * Math.exp(-0.5) * quality.get(0).loss()
            + Math.exp(1) * quality.get(1).loss()
            + Math.exp(-2) * quality.get(2).loss()
            + (0.5 - 1 + 2) / 2;
    NDArray loss =
        heads.loss(
            array(outputs, 13),
            array(heads.targets(data.validation()), 13),
            Optional.of(manager.create(s)));
    assertThat(loss.getDataType()).isEqualTo(DataType.FLOAT32);
    assertThat((double) loss.getFloat()).isCloseTo(expected, within(1e-4));
    assertThat(heads.lossWeights(s).get("oleic/lossWeight"))
        .isCloseTo(0.5 * Math.exp(-0.5), within(1e-6));
    assertThat(heads.lossWeights(s).get("area/lossWeight")).isCloseTo(Math.E, within(1e-6));
  }

  private static Rows numbers(float... values) {
    return new Rows(new float[values.length], 1, List.of(values));
  }

  private NDArray array(float[] values, int columns) {
    return manager.create(values).reshape(values.length / columns, columns);
  }

  private static float[] drawn(int count) {
    java.util.SplittableRandom random = new java.util.SplittableRandom(1);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
