package dev.bridle.monitor.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bridle.events.EpochCompleted;
import dev.bridle.monitor.Curves;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The peers' own tests, through the policy language: see rules/README.md. */
class PeerCasesTest {
  private static final String METRIC = "validationLoss";

  /** What the peers call our settings. */
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("threshold", "minDelta"),
          Map.entry("threshold_mode", "minDeltaMode"),
          Map.entry("min_delta", "minDelta"),
          Map.entry("maxEpochsWithNoImprovement", "patience"),
          Map.entry("minImprovement", "minDelta"),
          Map.entry("n_warmup_steps", "warmupSteps"),
          Map.entry("interval_steps", "intervalSteps"),
          Map.entry("initial_lr", "initialLearningRate"),
          Map.entry("min_lr", "minLearningRate"));

  @ParameterizedTest(name = "{0}")
  @MethodSource("stopping")
  void stopsWhereThePeerDoes(String name, JsonNode peer) {
    List<Verdict> verdicts = new ArrayList<>();
    for (Rule<?> rule : rules(peer)) {
      verdicts = earlier(verdicts, Folds.verdicts(rule, curve(peer)));
    }

    JsonNode stopIndex = peer.get("expected_stop_index");
    Optional<Integer> expected =
        stopIndex.isNull() ? Optional.empty() : Optional.of(stopIndex.asInt() + 1);
    assertThat(first(verdicts)).isEqualTo(expected);
    if (!peer.get("expected_best_index").isNull()) {
      assertThat(verdicts.get(expected.get() - 1))
          .extracting("bestEpoch")
          .isEqualTo(peer.get("expected_best_index").asInt() + 1);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("reducing")
  void leavesTheLearningRateWhereThePeerDoes(String name, JsonNode peer) {
    Map<String, Object> settings = settings(peer);
    settings.put("dialect", "keras");
    double rate = (double) settings.get("initialLearningRate");

    for (Verdict verdict : Folds.verdicts(Folds.rule("reduceOnPlateau", settings), curve(peer))) {
      rate *= verdict instanceof Verdict.ReduceLearningRate reduce ? reduce.factor() : 1;
    }

    assertThat(rate).isCloseTo(peer.get("expected_final_lr").asDouble(), Offset.offset(1e-12));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("withFlags")
  void prunesAtEveryStepThatThePeerPrunesAt(String name, JsonNode peer) {
    List<Boolean> expected = new ArrayList<>();
    peer.get("expected_prune_flags").forEach(flag -> expected.add(flag.asBoolean()));

    assertThat(Folds.verdicts(Folds.rule("threshold", settings(peer)), curve(peer)))
        .extracting(Verdict.StopTraining.class::isInstance)
        .isEqualTo(expected);
  }

  @Test
  void everyCaseThatHasASequenceIsTold() {
    assertThat(Stream.concat(stopping(), reducing())).hasSize(44);
  }

  static Stream<Arguments> stopping() {
    return cases().filter(peer -> !kind(peer).equals("reduce_lr")).map(PeerCasesTest::named);
  }

  static Stream<Arguments> reducing() {
    return cases().filter(peer -> kind(peer).equals("reduce_lr")).map(PeerCasesTest::named);
  }

  static Stream<Arguments> withFlags() {
    return cases().filter(peer -> peer.has("expected_prune_flags")).map(PeerCasesTest::named);
  }

  private static Arguments named(JsonNode peer) {
    return Arguments.of(peer.get("name").asText() + " " + peer.get("config"), peer);
  }

  private static String kind(JsonNode peer) {
    return peer.get("kind").asText();
  }

  private static Stream<JsonNode> cases() {
    try (InputStream json =
        PeerCasesTest.class.getResourceAsStream("/rules/early_stopping_cases.json")) {
      List<JsonNode> cases = new ArrayList<>();
      new ObjectMapper().readTree(json).get("cases").forEach(cases::add);
      return cases.stream().filter(peer -> peer.path("sequence").size() > 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Rule<?>> rules(JsonNode peer) {
    List<Rule<?>> rules = new ArrayList<>();
    Map<String, Object> settings = settings(peer);
    if (kind(peer).equals("threshold")) {
      return List.of(Folds.rule("threshold", settings));
    }
    Object maxEpochs = settings.remove("maxEpochs");
    if (maxEpochs == null) {
      maxEpochs = settings.remove("max_epochs");
    }
    if (maxEpochs != null) {
      rules.add(
          Folds.rule("maxEpochs", Map.of("maxEpochs", maxEpochs, "mode", settings.get("mode"))));
    }
    if (settings.containsKey("patience")) {
      settings.put("dialect", peer.get("library").asText());
      rules.add(Folds.rule("patience", settings));
    }
    return rules;
  }

  private static Map<String, Object> settings(JsonNode peer) {
    Map<String, Object> settings = new HashMap<>();
    peer.get("config")
        .properties()
        .forEach(
            entry -> {
              JsonNode value = entry.getValue();
              settings.put(
                  NAMES.getOrDefault(entry.getKey(), entry.getKey()),
                  value.isNumber()
                      ? value.isInt() ? (Object) value.asInt() : (Object) value.asDouble()
                      : value.isBoolean() ? (Object) value.asBoolean() : value.asText());
            });
    settings.remove("restore_best_weights");
    settings.remove("pruner");
    settings.computeIfPresent(
        "minDeltaMode", (key, mode) -> mode.equals("rel") ? "relative" : "absolute");
    return settings;
  }

  private static List<EpochCompleted> curve(JsonNode peer) {
    List<EpochCompleted> curve = new ArrayList<>();
    JsonNode steps = peer.path("steps");
    for (JsonNode value : peer.get("sequence")) {
      int step = steps.isMissingNode() ? curve.size() : steps.get(curve.size()).asInt();
      double number = value.isTextual() || value.isNull() ? Double.NaN : value.asDouble();
      curve.add(Curves.epoch(1, step + 1, Map.of(METRIC, number)));
    }
    return curve;
  }

  private static List<Verdict> earlier(List<Verdict> one, List<Verdict> other) {
    Optional<Integer> first = first(one);
    Optional<Integer> second = first(other);
    return one.isEmpty() || first.isEmpty() || second.isPresent() && second.get() < first.get()
        ? other
        : one;
  }

  private static Optional<Integer> first(List<Verdict> verdicts) {
    return Folds.first(Verdict.StopTraining.class, verdicts);
  }
}
