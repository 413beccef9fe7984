package dev.bridle.trainer.regularization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bridle.events.MetricVocabulary;
import dev.bridle.trainer.Training;
import dev.bridle.trainer.spec.InvalidFieldException;
import dev.bridle.trainer.spec.RegularizerSpec;
import dev.bridle.trainer.spec.RunSpec;
import dev.bridle.trainer.spec.SpecJson;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every technique of the catalog promises, on a network that has units and feature maps. */
class TechniquesTest {
  /** Those that have no strength to multiply. */
  private static final Set<String> FIXED = Set.of("flip");

  static Set<String> names() {
    return Techniques.names();
  }

  @BeforeAll
  static void engine() {
    Training.loadEngine();
  }

  @ParameterizedTest
  @MethodSource("names")
  void trainsWithItsDefaultsToFiniteLossesAndKeepsNoArray(String technique) {
    Training training = Training.of(spec(3, technique));
    assertThat(training.epochs()).hasSize(3);
    assertThat(training.epochs())
        .allSatisfy(epoch -> assertThat(epoch.validationLoss()).isFinite())
        .allSatisfy(epoch -> assertThat(epoch.metrics().get("trainingLoss")).isFinite());
    assertThat(training.arrays().stream().distinct()).hasSize(1);
    assertThat(training.epochs().get(0).metrics().keySet())
        .allSatisfy(name -> assertThat(MetricVocabulary.shared().entry(name)).isPresent());
  }

  @ParameterizedTest
  @MethodSource("names")
  void givesTheSameBitsAgain(String technique) {
    assertThat(values(Training.of(spec(2, technique))))
        .isEqualTo(values(Training.of(spec(2, technique))));
  }

  @ParameterizedTest
  @MethodSource("names")
  void refusesASettingThatItLacks(String technique) {
    RegularizerSpec wrong = new RegularizerSpec(Map.of("technique", technique, "strenght", 1));
    assertThatThrownBy(() -> Techniques.read("regularization[3]", wrong))
        .isInstanceOf(InvalidFieldException.class)
        .hasMessageStartingWith("regularization[3].strenght is not a known field: known here are");
  }

  @ParameterizedTest
  @MethodSource("names")
  void isStrengthenedToAnotherOfItsKindUpToALimit(String technique) {
    Regularizer given = Techniques.read("x", new RegularizerSpec(Map.of("technique", technique)));
    Optional<Regularizer> stronger = given.strengthened(2);
    assertThat(stronger.isEmpty()).isEqualTo(FIXED.contains(technique));
    stronger.ifPresent(other -> assertThat(other).hasSameClassAs(given).isNotEqualTo(given));
  }

  @Test
  void allOfThemTrainTogether() {
    String all =
        Techniques.names().stream()
            .map("{\"technique\": \"%s\"}"::formatted)
            .collect(Collectors.joining(", ", "[", "]"));
    RunSpec spec = Training.convolutional(3, "sigmoid", all);
    assertThat(SpecJson.read(SpecJson.write(spec))).isEqualTo(spec);
    Training training = Training.of(spec);
    assertThat(training.epochs().get(2).validationLoss()).isFinite();
    assertThat(training.arrays().stream().distinct()).hasSize(1);
  }

  @Test
  void anUnknownTechniqueIsNamedWithItsPath() {
    assertThatThrownBy(() -> of("[{\"technique\": \"l1\"}, {\"technique\": \"l3\"}]"))
        .hasMessageStartingWith("regularization[1].technique should be one of activityKL, ")
        .hasMessageEndingWith("was 'l3'");
  }

  @Test
  void aSettingOutOfItsLimitsIsNamedWithLimitAndValue() {
    assertThatThrownBy(() -> of("[{\"technique\": \"dropConnect\", \"rate\": 1}]"))
        .hasMessage("regularization[0].rate should be between 0.0 and 0.9: was 1.0");
    assertThatThrownBy(() -> of("[{\"technique\": \"l1\", \"strength\": \"1\"}]"))
        .hasMessage("regularization[0].strength should be a number: was 1");
    assertThatThrownBy(() -> of("[{\"technique\": \"shift\", \"pixels\": 1.5}]"))
        .hasMessage("regularization[0].pixels should be a whole number: was 1.5");
    assertThatThrownBy(() -> of("[{\"technique\": \"flip\", \"axis\": \"x\"}]"))
        .hasMessage("regularization[0].axis should be one of horizontal, vertical: was 'x'");
  }

  @Test
  void aTechniqueIsGivenOnce() {
    assertThatThrownBy(() -> of("[{\"technique\": \"l1\"}, {\"technique\": \"l1\"}]"))
        .hasMessage("regularization[1].technique should be given once: was 'l1' again");
  }

  @Test
  void ratesOfUnitsThatAreNoSigmoidsAreRefused() {
    Regularization regularization = of("[{\"technique\": \"activityKL\"}]");
    RunSpec relu = Training.spec(1, "relu", "[]");
    assertThatThrownBy(
            () -> regularization.regularized(dev.bridle.trainer.model.Network.of(relu, 64, 10)))
        .hasMessage("model.activation should be sigmoid for activityKL: was relu");
  }

  @Test
  void smoothingWithoutClassesIsRefused() {
    assertThatThrownBy(
            () ->
                Regularization.of(
                    dev.bridle.trainer.Digits.read(
                        """
                        {"name": "x", "data": {"uri": "d.csv"},
                         "heads": [{"kind": "regression", "target": "y"}],
                         "regularization": [{"technique": "labelSmoothing"}]}
                        """)))
        .hasMessage("heads should have one with classes for regularization[0] (labelSmoothing)");
  }

  @Test
  void mapsOfANetworkThatHasNoneAreRefused() {
    Regularization regularization = of("[{\"technique\": \"spatialDropout\"}]");
    RunSpec mlp = Training.spec(1, "relu", "[]");
    assertThatThrownBy(
            () -> regularization.regularized(dev.bridle.trainer.model.Network.of(mlp, 64, 10)))
        .hasMessage("model.kind should be cnn for spatialDropout: no layer yields feature maps");
  }

  private static Regularization of(String regularization) {
    return Regularization.of(Training.spec(1, "relu", regularization));
  }

  private static RunSpec spec(int epochs, String technique) {
    return Training.convolutional(
        epochs, "sigmoid", "[{\"technique\": \"%s\"}]".formatted(technique));
  }

  private static Map<String, String> values(Training training) {
    return training.last().tensors().values().stream()
        .collect(
            Collectors.toMap(tensor -> tensor.name(), tensor -> Arrays.toString(tensor.values())));
  }
}
