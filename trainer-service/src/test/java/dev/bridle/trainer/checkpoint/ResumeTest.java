package dev.bridle.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bridle.events.MetricNames;
import dev.bridle.trainer.Digits;
import dev.bridle.trainer.Training;
import dev.bridle.trainer.data.PreparedData;
import dev.bridle.trainer.data.Seeds;
import dev.bridle.trainer.head.Heads;
import dev.bridle.trainer.model.EngineNetwork;
import dev.bridle.trainer.model.Network;
import dev.bridle.trainer.model.Weights;
import dev.bridle.trainer.regularization.Regularization;
import dev.bridle.trainer.spec.RunSpec;
import dev.bridle.trainer.spec.SpecJson;
import dev.bridle.trainer.train.Checkpoint;
import dev.bridle.trainer.train.EpochRecord;
import dev.bridle.trainer.train.Knobs;
import dev.bridle.trainer.train.TrainingLoop;
import dev.bridle.trainer.train.TrainingObserver;
import dev.bridle.trainer.train.TrainingResult;
import dev.bridle.trainer.train.Wish;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is stopped anywhere and taken up from its file ends as if it had not been. */
class ResumeTest {
  private static final int EPOCHS = 6;
  private static final String ADAM_AND_EVERYTHING_RANDOM =
      """
      {"name": "x", "seed": 5, "data": {"uri": "digits.csv", "image": {"height": 8, "width": 8},
        "split": {"training": 0.2, "validation": 0.2, "test": 0.5}},
       "model": {"kind": "mlp", "hidden": [24, 16], "dropout": 0.4},
       "training": {"epochs": 6, "schedule": {"kind": "cosine"}},
       "regularization": [
         {"technique": "inputNoise", "deviation": 0.1}, {"technique": "rotation", "degrees": 10},
         {"technique": "weightNoise", "deviation": 0.01}, {"technique": "weightDecay", "strength": 0.01},
         {"technique": "l1", "strength": 0.0001}]}
      """;
  private static final String CONVOLUTIONS_WITH_RUNNING_STATISTICS =
      """
      {"name": "x", "data": {"uri": "digits.csv", "image": {"height": 8, "width": 8},
        "split": {"training": 0.2, "validation": 0.2, "test": 0.5}},
       "model": {"kind": "cnn", "blocks": [{"channels": 4, "batchNorm": true}], "hidden": [16],
                 "dropout": 0.3},
       "training": {"epochs": 6, "batchSize": 64,
        "optimizer": {"kind": "sgd", "learningRate": 0.05, "momentum": 0.9}}}
      """;

  private record Run(Weights weights, List<Map<String, Double>> epochs, TrainingResult result) {}

  @BeforeAll
  static void engine() {
    Training.loadEngine();
  }

  @ParameterizedTest
  @ValueSource(strings = {ADAM_AND_EVERYTHING_RANDOM, CONVOLUTIONS_WITH_RUNNING_STATISTICS})
  void theSameBitsWhereverItWasStopped(String json) {
    RunSpec spec = SpecJson.read(json.getBytes());
    Run undisturbed = trained(spec, new int[0]);
    for (int stop = 1; stop < EPOCHS; stop++) {
      same(trained(spec, new int[] {stop}), undisturbed);
    }
    same(trained(spec, new int[] {1, 2, 5}), undisturbed);
  }

  @Test
  void severalTasksWhoseWeightsAreLearned() throws Exception {
    String olive = Files.readString(Path.of("../examples/specs/olive-oils.json"));
    RunSpec spec =
        SpecJson.merged(
            SpecJson.read(olive.getBytes()), "{\"training\": {\"epochs\": 6}}".getBytes());
    same(trained(spec, new int[] {3}), trained(spec, new int[0]));
  }

  @Test
  void aFileThatIsCutOffIsRefused() {
    byte[] file = CheckpointFormat.write(checkpointAfterOneEpoch(), "abc");
    byte[] cut = Arrays.copyOf(file, file.length - 1);
    assertThatThrownBy(() -> CheckpointFormat.read(cut, "abc"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("no safetensors file");
  }

  @Test
  void aFileOfAnotherSpecIsRefused() {
    byte[] file = CheckpointFormat.write(checkpointAfterOneEpoch(), "abc");
    assertThatThrownBy(() -> CheckpointFormat.read(file, "def"))
        .hasMessageContaining("the checkpoint belongs to spec abc, the run has spec def");
  }

  private static Checkpoint checkpointAfterOneEpoch() {
    RunSpec spec = Digits.spec("{\"epochs\": 1}");
    List<Checkpoint> made = new ArrayList<>();
    stage(spec, Optional.empty(), 1, new ArrayList<>(), made);
    return made.get(0);
  }

  /**
   * Trains in stages, each by an engine and a loop of its own that know of the earlier ones no more
   * than the file. After the second epoch, two knobs are turned.
   */
  private static Run trained(RunSpec spec, int[] stops) {
    List<Map<String, Double>> epochs = new ArrayList<>();
    Optional<byte[]> file = Optional.empty();
    for (int stop : stops) {
      List<Checkpoint> made = new ArrayList<>();
      stage(spec, file, stop, epochs, made);
      file = Optional.of(CheckpointFormat.write(made.get(made.size() - 1), "spec"));
    }
    return stage(spec, file, Integer.MAX_VALUE, epochs, new ArrayList<>());
  }

  private static Run stage(
      RunSpec spec,
      Optional<byte[]> file,
      int stop,
      List<Map<String, Double>> epochs,
      List<Checkpoint> made) {
    PreparedData data = Digits.prepared(spec);
    Heads heads = Heads.of(spec, data);
    Regularization regularization = Regularization.of(spec);
    Network network =
        regularization.regularized(Network.of(spec, data.table().features(), heads.outputs()));
    long seed = Seeds.of(spec.seed(), Seeds.Purpose.INITIAL_WEIGHTS);
    try (EngineNetwork engine = new EngineNetwork(network, seed)) {
      TrainingLoop loop = new TrainingLoop(engine, data, heads, spec, regularization);
      file.map(bytes -> CheckpointFormat.read(bytes, "spec")).ifPresent(loop::resume);
      Optional<TrainingResult> result = loop.run(observer(stop, epochs, made));
      return new Run(engine.weights(), epochs, result.orElse(null));
    }
  }

  private static TrainingObserver observer(
      int stop, List<Map<String, Double>> epochs, List<Checkpoint> made) {
    return new TrainingObserver() {
      @Override
      public void completed(EpochRecord epoch) {
        Map<String, Double> metrics = new TreeMap<>(epoch.metrics());
        metrics.remove(MetricNames.EPOCH_SECONDS);
        metrics.remove(MetricNames.SAMPLES_PER_SECOND);
        metrics.remove(MetricNames.MEMORY_BYTES);
        epochs.add(metrics);
      }

      @Override
      public Wish wish(int lastEpoch, Knobs knobs) {
        if (lastEpoch == 2) {
          knobs.reduceLearningRate(0.5);
          knobs.strengthen("dropout", 1.5);
        }
        return lastEpoch == stop ? new Wish.Pause() : new Wish.GoOn();
      }

      @Override
      public void settled(Wish wish, Supplier<Checkpoint> checkpoint) {
        made.add(checkpoint.get());
      }
    };
  }

  private static void same(Run run, Run undisturbed) {
    assertThat(run.epochs()).isEqualTo(undisturbed.epochs());
    assertThat(run.result()).isEqualTo(undisturbed.result());
    undisturbed
        .weights()
        .tensors()
        .forEach(
            (name, tensor) ->
                assertThat(run.weights().tensor(name).values())
                    .as(name)
                    .containsExactly(tensor.values()));
  }
}
