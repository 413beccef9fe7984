package dev.bridle.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bridle.events.MetricNames;
import dev.bridle.trainer.Digits;
import dev.bridle.trainer.Training;
import dev.bridle.trainer.data.PreparedData;
import dev.bridle.trainer.head.Heads;
import dev.bridle.trainer.model.EngineNetwork;
import dev.bridle.trainer.model.LiveDropout;
import dev.bridle.trainer.model.Network;
import dev.bridle.trainer.model.Weights;
import dev.bridle.trainer.regularization.Regularization;
import dev.bridle.trainer.spec.RunSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Knobs that are turned after the second epoch of six. */
class KnobsTest {
  private static final int TURNED_AFTER = 2;

  /** What the knob answered, and what the training left. */
  private record Turned(
      Knobs.Turn turn,
      List<EpochRecord> epochs,
      List<Integer> arrays,
      List<Double> rates,
      TrainingResult result,
      boolean kept) {}

  @BeforeAll
  static void engine() {
    Training.loadEngine();
  }

  @Test
  void theLearningRateIsReducedFromTheNextEpochOn() {
    Turned turned = turned(0.25, knobs -> knobs.reduceLearningRate(0.5));
    assertThat(turned.turn().turned()).isTrue();
    assertThat(turned.turn().text()).isEqualTo("learningRate 0.001 -> 5.0E-4");
    List<Double> rates = turned.epochs().stream().map(this::learningRate).toList();
    assertThat(rates.get(TURNED_AFTER - 1)).isEqualTo(0.001);
    assertThat(rates.get(TURNED_AFTER)).isCloseTo(0.0005, within(1e-12));
  }

  @Test
  void dropoutOfTheModelIsStrengthenedAndNothingElseOfTheNetworkChanges() {
    Turned turned = turned(0.25, knobs -> knobs.strengthen("dropout", 2));
    assertThat(turned.turn().text()).isEqualTo("dropout Dropout[rate=0.25] -> Dropout[rate=0.5]");
    assertThat(turned.kept()).isTrue();
    assertThat(turned.arrays().stream().distinct()).hasSize(1);
    double expected = turned.result().bestEpoch().getAsInt() > TURNED_AFTER ? 0.5 : 0.25;
    assertThat(turned.rates()).containsOnly(expected);
  }

  @Test
  void spatialDropoutIsStrengthenedAndRunningStatisticsStay() {
    String cnn =
        """
        {"kind": "cnn", "blocks": [{"channels": 4}], "hidden": [], "spatialDropout": 0.1}
        """;
    Turned turned = turned(cnn, knobs -> knobs.strengthen("spatialDropout", 2));
    assertThat(turned.turn().text())
        .isEqualTo("spatialDropout SpatialDropout[rate=0.1] -> SpatialDropout[rate=0.2]");
    assertThat(turned.kept()).isTrue();
    assertThat(turned.arrays().stream().distinct()).hasSize(1);
    double expected = turned.result().bestEpoch().getAsInt() > TURNED_AFTER ? 0.2 : 0.1;
    assertThat(turned.rates()).containsOnly(expected);
  }

  @Test
  void whatTheRunLacksOrCannotBeStrongerStaysAsItIs() {
    assertThat(turned(0.25, knobs -> knobs.strengthen("l1", 2)).turn())
        .isEqualTo(new Knobs.Turn(false, "this run has no l1"));
    assertThat(turned(0.9, knobs -> knobs.strengthen("dropout", 2)).turn())
        .isEqualTo(new Knobs.Turn(false, "dropout cannot be stronger than Dropout[rate=0.9]"));
  }

  private double learningRate(EpochRecord epoch) {
    return epoch.metrics().get(MetricNames.LEARNING_RATE);
  }

  private static Turned turned(double dropout, Function<Knobs, Knobs.Turn> knob) {
    return turned(
        "{\"kind\": \"mlp\", \"hidden\": [16], \"dropout\": %s}".formatted(dropout), knob);
  }

  private static Turned turned(String model, Function<Knobs, Knobs.Turn> knob) {
    RunSpec spec =
        Digits.read(
            """
            {"name": "x", "data": {"uri": "digits.csv", "image": {"height": 8, "width": 8}},
             "model": %s,
             "training": {"epochs": 6}}
            """
                .formatted(model));
    PreparedData data = Digits.prepared(spec);
    Regularization regularization = Regularization.of(spec);
    List<EpochRecord> epochs = new ArrayList<>();
    List<Integer> arrays = new ArrayList<>();
    Knobs.Turn[] turn = new Knobs.Turn[1];
    boolean[] kept = new boolean[1];
    try (EngineNetwork network =
        new EngineNetwork(regularization.regularized(Network.of(spec, 64, 10)), 3)) {
      TrainingResult result =
          new TrainingLoop(network, data, Heads.of(spec, data), spec, regularization)
              .run(
                  new TrainingObserver() {
                    @Override
                    public void completed(EpochRecord epoch) {
                      epochs.add(epoch);
                      arrays.add(network.manager().getManagedArrays().size());
                    }

                    @Override
                    public Wish wish(int lastEpoch, Knobs knobs) {
                      if (lastEpoch == TURNED_AFTER) {
                        Map<String, String> before = values(network.weights());
                        turn[0] = knob.apply(knobs);
                        kept[0] = values(network.weights()).equals(before);
                      }
                      return new Wish.GoOn();
                    }
                  })
              .orElseThrow();
      List<Double> rates =
          network.network().layers().stream()
              .filter(LiveDropout.class::isInstance)
              .map(layer -> ((LiveDropout) layer).ratio())
              .toList();
      return new Turned(turn[0], epochs, arrays, rates, result, kept[0]);
    }
  }

  private static Map<String, String> values(Weights weights) {
    return weights.tensors().values().stream()
        .collect(Collectors.toMap(Weights.Tensor::name, t -> Arrays.toString(t.values())));
  }
}
