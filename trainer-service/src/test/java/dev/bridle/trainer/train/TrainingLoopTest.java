package dev.bridle.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.events.MetricNames;
import dev.bridle.events.MetricVocabulary;
import dev.bridle.events.TrainingOutcome;
import dev.bridle.trainer.Digits;
import dev.bridle.trainer.EngineArrays;
import dev.bridle.trainer.data.PreparedData;
import dev.bridle.trainer.head.Evaluation;
import dev.bridle.trainer.head.Heads;
import dev.bridle.trainer.model.EngineNetwork;
import dev.bridle.trainer.model.Network;
import dev.bridle.trainer.regularization.Regularization;
import dev.bridle.trainer.spec.RunSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingLoopTest {
  /** What a run left: its epochs, its result, and the validation loss of the restored weights. */
  private record Trained(
      List<EpochRecord> epochs, TrainingResult result, double restoredLoss, List<Integer> arrays) {}

  @BeforeAll
  static void engine() {
    TorchEngine.load(Path.of(System.getProperty("user.home"), ".djl.ai"), 1);
  }

  @Test
  void itLearns() {
    Trained trained = trained("{\"epochs\": 60}", 99);
    assertThat(trained.result().outcome()).isEqualTo(new TrainingOutcome.Completed());
    assertThat(trained.result().lastEpoch()).isEqualTo(60);
    assertThat(trained.epochs().get(59).metrics().get("label/accuracy")).isGreaterThan(0.7);
    assertThat(trained.restoredLoss()).isLessThan(1.2);
  }

  @Test
  void theSameSpecGivesTheSameBits() {
    List<Map<String, Double>> first = timeless(trained("{\"epochs\": 3}", 99));
    assertThat(timeless(trained("{\"epochs\": 3}", 99))).isEqualTo(first);
  }

  @Test
  void theBestEpochIsRestoredWhateverEndsTheRun() {
    Trained trained = trained("{\"epochs\": 200, \"batchSize\": 8}", 25);
    assertThat(trained.result().outcome()).isEqualTo(new TrainingOutcome.Cancelled());
    assertThat(trained.result().lastEpoch()).isEqualTo(25);
    int best = trained.result().bestEpoch().getAsInt();
    double lowest =
        trained.epochs().stream().mapToDouble(EpochRecord::validationLoss).min().getAsDouble();
    assertThat(trained.epochs().get(best - 1).validationLoss()).isEqualTo(lowest);
    assertThat(trained.restoredLoss()).isEqualTo(lowest);
  }

  @Test
  void theBestEpochsRunningStatisticsAreRestoredWithItsWeights() {
    RunSpec spec =
        Digits.read(
            """
            {"name": "small", "seed": 7,
             "data": {"uri": "digits.csv", "labelNoise": 0.5, "image": {"height": 8, "width": 8},
                      "split": {"training": 0.2, "validation": 0.2, "test": 0.5}},
             "model": {"kind": "cnn", "blocks": [{"channels": 8}], "hidden": [32]},
             "training": {"epochs": 30, "optimizer": {"kind": "adam", "learningRate": 0.01}}}
            """);
    Trained trained = trained(spec, Digits.prepared(spec), 99);
    assertThat(trained.result().bestEpoch().getAsInt()).isLessThan(30);
    double lowest =
        trained.epochs().stream().mapToDouble(EpochRecord::validationLoss).min().getAsDouble();
    assertThat(trained.restoredLoss()).isEqualTo(lowest);
  }

  @Test
  void aLossThatIsNotFiniteEndsTheRun() {
    RunSpec spec = Digits.spec("{\"epochs\": 50}");
    PreparedData data = Digits.prepared(spec);
    data.training().features()[0] = Float.NaN;
    Trained trained = trained(spec, data, 99);
    assertThat(trained.result().outcome()).isEqualTo(new TrainingOutcome.Diverged(1));
    assertThat(trained.result().bestEpoch()).isEmpty();
    assertThat(trained.epochs()).hasSize(1);
    assertThat(trained.epochs().get(0).validationLoss()).isNaN();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"kind\": \"mlp\", \"hidden\": [32], \"dropout\": 0.5}",
        "{\"kind\": \"cnn\", \"blocks\": [{\"channels\": 4}], \"spatialDropout\": 0.2, \"dropout\": 0.5}",
        "{\"kind\": \"residual\", \"width\": 16}"
      })
  void noArrayOutlivesItsEpoch(String model) {
    RunSpec spec =
        Digits.read(
            """
            {"name": "small", "data": {"uri": "digits.csv", "image": {"height": 8, "width": 8},
              "split": {"training": 0.1, "validation": 0.1, "test": 0.1}},
             "model": %s, "training": {"epochs": 6},
             "regularization": [
               {"technique": "inputNoise"}, {"technique": "rotation"}, {"technique": "flip"},
               {"technique": "randomCrop"}, {"technique": "shift"}, {"technique": "cutout"},
               {"technique": "mixup"}, {"technique": "labelSmoothing"}, {"technique": "weightNoise"},
               {"technique": "dropConnect"}, {"technique": "hiddenNoise"},
               {"technique": "gaussianDropout"}, {"technique": "activityL1"}, {"technique": "l1"},
               {"technique": "l2"}, {"technique": "maxNorm"}, {"technique": "gradientClipping"}]}
            """
                .formatted(model));
    List<Integer> arrays = trained(spec, Digits.prepared(spec), 99).arrays();
    assertThat(arrays).hasSize(6);
    assertThat(arrays.get(0)).isPositive();
    assertThat(arrays.stream().distinct()).hasSize(1);
  }

  @Test
  void measuringChangesNothingInWhatIsTrained() {
    RunSpec spec = Digits.spec("{\"epochs\": 3, \"cleanRows\": 100}");
    Trained everything = trained(spec, Digits.prepared(spec), 99);
    Trained bare = trained(spec, Digits.prepared(spec), 99, Measured.LOSSES);
    assertThat(bare.epochs()).hasSize(3);
    for (int epoch = 0; epoch < 3; epoch++) {
      for (String loss : List.of(MetricNames.TRAINING_LOSS, MetricNames.VALIDATION_LOSS)) {
        assertThat(bare.epochs().get(epoch).metrics().get(loss))
            .isEqualTo(everything.epochs().get(epoch).metrics().get(loss));
      }
    }
    assertThat(bare.epochs().get(0).metrics()).doesNotContainKey(MetricNames.TRAINING_LOSS_CLEAN);
  }

  @Test
  void everyMetricIsInTheVocabulary() {
    Map<String, Double> metrics = trained("{\"epochs\": 1}", 99).epochs().get(0).metrics();
    assertThat(metrics)
        .containsKeys(
            MetricNames.TRAINING_LOSS,
            MetricNames.TRAINING_LOSS_CLEAN,
            MetricNames.VALIDATION_LOSS,
            MetricNames.LEARNING_RATE,
            MetricNames.EPOCH_SECONDS,
            MetricNames.SAMPLES_PER_SECOND,
            MetricNames.MEMORY_BYTES,
            MetricNames.weightNorm("dense1"),
            MetricNames.gradientNorm("output"),
            MetricNames.updateRatio("dense1"),
            MetricNames.deadShare("activation1"),
            MetricNames.activationVariance("activation1"),
            MetricNames.dropout("dropout1"),
            MetricNames.trainingAccuracy("label"),
            MetricNames.classRatio("label"),
            MetricNames.worstRecall("label"),
            MetricNames.labeledRows("label"));
    assertThat(metrics.keySet())
        .allSatisfy(name -> assertThat(MetricVocabulary.shared().entry(name)).isPresent());
  }

  private static Trained trained(String training, int cancelAfter) {
    RunSpec spec = Digits.spec(training);
    return trained(spec, Digits.prepared(spec), cancelAfter);
  }

  private static Trained trained(RunSpec spec, PreparedData data, int cancelAfter) {
    return trained(spec, data, cancelAfter, Measured.EVERYTHING);
  }

  private static Trained trained(
      RunSpec spec, PreparedData data, int cancelAfter, Measured measured) {
    Regularization regularization = Regularization.of(spec);
    Network network = regularization.regularized(Network.of(spec, data.table().features(), 10));
    List<EpochRecord> epochs = new ArrayList<>();
    List<Integer> arrays = new ArrayList<>();
    try (EngineNetwork engine = new EngineNetwork(network, spec.seed())) {
      TrainingLoop loop =
          new TrainingLoop(engine, data, Heads.of(spec, data), spec, regularization, measured);
      TrainingResult result =
          loop.run(
                  new TrainingObserver() {
                    @Override
                    public void completed(EpochRecord epoch) {
                      epochs.add(epoch);
                      arrays.add(EngineArrays.under(engine.manager()));
                    }

                    @Override
                    public Wish wish(int lastEpoch, Knobs knobs) {
                      return lastEpoch == cancelAfter
                          ? new Wish.End(new TrainingOutcome.Cancelled())
                          : new Wish.GoOn();
                    }
                  })
              .orElseThrow();
      double restored =
          Evaluation.of(engine.outputs(data.validation()), data.validation().labels()).nll();
      return new Trained(epochs, result, restored, arrays);
    }
  }

  private static List<Map<String, Double>> timeless(Trained trained) {
    return trained.epochs().stream()
        .map(
            epoch -> {
              Map<String, Double> metrics = new TreeMap<>(epoch.metrics());
              metrics.remove(MetricNames.EPOCH_SECONDS);
              metrics.remove(MetricNames.SAMPLES_PER_SECOND);
              metrics.remove(MetricNames.MEMORY_BYTES);
              return metrics;
            })
        .toList();
  }
}
