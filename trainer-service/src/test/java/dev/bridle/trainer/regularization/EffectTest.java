package dev.bridle.trainer.regularization;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.bridle.events.MetricNames;
import dev.bridle.trainer.Digits;
import dev.bridle.trainer.Training;
import dev.bridle.trainer.data.Rows;
import dev.bridle.trainer.head.Evaluation;
import dev.bridle.trainer.head.Heads;
import dev.bridle.trainer.model.EngineNetwork;
import dev.bridle.trainer.model.EngineWeight;
import dev.bridle.trainer.model.Weights;
import dev.bridle.trainer.spec.RunSpec;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a technique does to a whole training, as against the same training without it. */
class EffectTest {
  private static final int EPOCHS = 60;
  private static Training plain;

  @BeforeAll
  static void engine() {
    Training.loadEngine();
    plain = Training.of(Training.spec(EPOCHS, "relu", "[]"));
  }

  @Test
  void l1AndElasticNetMakeExactZerosWhereL2OnlyShrinks() {
    assertThat(zeros(plain)).isZero();
    assertThat(zeros(with("l1", "strength", 0.05))).isGreaterThan(0.2);
    assertThat(zeros(with("elasticNet", "strength", 0.1))).isGreaterThan(0.1);
    Training l2 = with("l2", "strength", 0.01);
    assertThat(zeros(l2)).isZero();
    assertThat(norm(l2)).isLessThan(0.7 * norm(plain));
  }

  @Test
  void decoupledDecayShortensTheWeights() {
    assertThat(norm(with("weightDecay", "strength", 1))).isLessThan(0.8 * norm(plain));
  }

  @Test
  void noUnitOutgrowsMaxNorm() {
    float[] weights = with("maxNorm", "norm", 1.2).last().tensor("dense1.weight").values();
    for (int unit = 0; unit < 32; unit++) {
      double squares = 0;
      for (int i = 0; i < 64; i++) {
        squares += Math.pow(weights[unit * 64 + i], 2);
      }
      assertThat(Math.sqrt(squares)).isLessThanOrEqualTo(1.2 + 1e-5);
    }
  }

  /** All rows in one step of plain descent, so that an epoch's change is the rate's gradient. */
  @Test
  void anUpdateIsNoLongerThanTheClippedGradientWhileTheMetricShowsTheWholeOne() {
    String clipping = "[{\"technique\": \"gradientClipping\", \"norm\": 0.1}]";
    Training one = Training.of(Training.descent(1, 0.5, clipping));
    Training two = Training.of(Training.descent(2, 0.5, clipping));

    assertThat(distance(one.last(), two.last())).isBetween(0.5 * 0.1 * 0.999, 0.5 * 0.1 * 1.001);
    assertThat(two.epochs().get(1).metrics().get(MetricNames.gradientNorm("dense1")))
        .isGreaterThan(0.2);
  }

  private static double distance(Weights a, Weights b) {
    double squares = 0;
    for (Weights.Tensor tensor : a.tensors().values()) {
      float[] other = b.tensor(tensor.name()).values();
      for (int i = 0; i < other.length; i++) {
        squares += Math.pow((double) tensor.values()[i] - other[i], 2);
      }
    }
    return Math.sqrt(squares);
  }

  @Test
  void activityPenaltySilencesUnits() {
    Function<EngineNetwork, Double> activity =
        engine -> {
          try (NDManager manager = engine.manager().newSubManager()) {
            Rows rows = test();
            NDArray x = manager.create(rows.features()).reshape(rows.count(), rows.columns());
            NDArray h = engine.trainingPass(x).activations().get(0);
            double share = h.gt(0).toType(h.getDataType(), true).mean().getFloat();
            h.close();
            return share;
          }
        };
    double before = Training.of(Training.spec(EPOCHS, "relu", "[]"), activity).answer();
    double after = Training.of(spec("activityL1", "strength", 0.05), activity).answer();
    assertThat(after).isLessThan(0.6 * before);
  }

  @Test
  void inputNoiseHelpsOnNoisyRows() {
    Function<EngineNetwork, Double> error =
        engine -> {
          Rows rows = test();
          SplittableRandom random = new SplittableRandom(1);
          float[] noisy = rows.features().clone();
          for (int i = 0; i < noisy.length; i++) {
            noisy[i] += (float) (0.7 * random.nextGaussian());
          }
          return error(engine, new Rows(noisy, rows.columns(), rows.labels()));
        };
    double before = Training.of(Training.spec(EPOCHS, "relu", "[]"), error).answer();
    double after = Training.of(spec("inputNoise", "deviation", 0.6), error).answer();
    assertThat(after).isLessThan(before - 0.02);
  }

  @Test
  void weightNoiseHelpsUnderPerturbedWeights() {
    Function<EngineNetwork, Double> error =
        engine -> {
          for (EngineWeight weight : engine.learned()) {
            SplittableRandom random = new SplittableRandom(1);
            float[] values = weight.array().toFloatArray();
            for (int i = 0; i < values.length; i++) {
              values[i] += (float) (0.15 * random.nextGaussian());
            }
            weight.view().put(values);
          }
          return error(engine, test());
        };
    double before = Training.of(Training.spec(EPOCHS, "relu", "[]"), error).answer();
    double after = Training.of(spec("weightNoise", "deviation", 0.15), error).answer();
    assertThat(after).isLessThan(before - 0.02);
  }

  @Test
  void dropConnectAndHiddenNoiseAndDropoutsRaiseTheTrainedLossAboveTheCleanOne() {
    for (String technique :
        new String[] {"dropConnect", "hiddenNoise", "dropout", "gaussianDropout", "alphaDropout"}) {
      String setting = technique.equals("hiddenNoise") ? "deviation" : "rate";
      Map<String, Double> metrics = with(technique, setting, 0.5).epochs().get(19).metrics();
      assertThat(metrics.get(MetricNames.TRAINING_LOSS))
          .as(technique)
          .isGreaterThan(1.1 * metrics.get(MetricNames.TRAINING_LOSS_CLEAN));
    }
  }

  @Test
  void labelSmoothingKeepsAnswersFromCertainty() {
    RunSpec spec = Training.spec(EPOCHS, "relu", "[]");
    Heads heads = Heads.of(spec, Digits.prepared(spec));
    Rows rows = Digits.prepared(spec).training();
    Function<EngineNetwork, Double> greatest =
        engine -> {
          float[] probabilities = heads.answers(engine.outputs(rows)).get("probabilities");
          double sum = 0;
          for (int row = 0; row < rows.count(); row++) {
            float most = 0;
            for (int i = row * 10; i < row * 10 + 10; i++) {
              most = Math.max(most, probabilities[i]);
            }
            sum += most;
          }
          return sum / rows.count();
        };
    assertThat(Training.of(spec, greatest).answer()).isGreaterThan(0.97);
    // Of the smoothed target the right class has 0.7 + 0.3 / 10.
    assertThat(Training.of(spec("labelSmoothing", "share", 0.3), greatest).answer())
        .isLessThan(0.85);
  }

  private static Training with(String technique, String setting, double value) {
    return Training.of(spec(technique, setting, value));
  }

  private static RunSpec spec(String technique, String setting, double value) {
    return Training.spec(
        EPOCHS,
        "relu",
        "[{\"technique\": \"%s\", \"%s\": %s}]".formatted(technique, setting, value));
  }

  private static Rows test() {
    return Digits.prepared(Training.spec(1, "relu", "[]")).test();
  }

  private static double error(EngineNetwork engine, Rows rows) {
    return 1 - Evaluation.of(engine.outputs(rows), rows.labels()).accuracy();
  }

  private static double norm(Training training) {
    return training.epochs().get(EPOCHS - 1).metrics().get(MetricNames.weightNorm("dense1"));
  }

  private static double zeros(Training training) {
    float[] weights = training.last().tensor("dense1.weight").values();
    int zeros = 0;
    for (float weight : weights) {
      zeros += weight == 0 ? 1 : 0;
    }
    return (double) zeros / weights.length;
  }
}
