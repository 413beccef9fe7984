package dev.bridle.endtoend;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bridle.events.Acknowledgement;
import dev.bridle.events.ControlSignal;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.ModelExported;
import dev.bridle.events.RunEnded;
import dev.bridle.events.RunId;
import dev.bridle.events.SignalAcknowledged;
import dev.bridle.events.SignalId;
import dev.bridle.events.SignalIssued;
import dev.bridle.events.wire.EventJson;
import dev.bridle.events.wire.Topics;
import dev.bridle.localstack.stack.BridleServices;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole loop with real processes, and what is left of it when one of them is killed. */
class ClosedLoopIT {
  @TempDir static Path home;
  private static LiveStack stack;

  @BeforeAll
  static void startEverything() {
    stack = LiveStack.start(home);
  }

  @AfterAll
  static void endEverything() {
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  void stopsAnOverfittingRunAndServesItsBestEpochWithItsUncertainty() {
    RunId run = stack.submit(LiveStack.spec("digits-dropout.json", "loop"));

    JsonNode ended = stack.awaitSuccess(run);

    assertThat(ended.at("/outcome/kind").asText()).isEqualTo("stoppedEarly");
    assertThat(ended.path("lastEpoch").asInt()).isLessThan(ended.path("plannedEpochs").asInt());
    assertThat(awaitAnswers(run))
        .singleElement()
        .extracting(SignalAcknowledged::answer)
        .isInstanceOf(Acknowledgement.Applied.class);
    assertThat(Decisions.bestEpochOfTheStop(stack.events(), run))
        .isEqualTo(ended.path("bestEpoch").asInt());
    ModelExported model = awaitModel(run);
    JsonNode answer = inferOnce(model, 50);
    assertThat(answer.path("outputs"))
        .extracting(output -> output.path("name").asText())
        .contains(
            "probabilities",
            "probabilities.variance",
            "probabilities.predictive_entropy",
            "probabilities.mutual_information");
    assertThat(inferOnce(model, 50).path("outputs")).isEqualTo(answer.path("outputs"));
  }

  @Test
  void aKilledMonitorChangesNoDecisionAndLosesNoEpoch() {
    ObjectNode spec = LiveStack.spec("digits-plain.json", "undisturbed");
    RunId undisturbed = stack.submit(spec);
    stack.awaitSuccess(undisturbed);
    awaitDecision(undisturbed);

    RunId disturbed = stack.submit(spec.put("name", "disturbed"));
    stack.awaitEpoch(disturbed, 8);
    stack.processes().kill(BridleServices.MONITOR);
    stack.processes().start(BridleServices.MONITOR);
    JsonNode ended = stack.awaitSuccess(disturbed);
    awaitDecision(disturbed);

    assertThat(Decisions.of(stack.events(), disturbed))
        .isEqualTo(Decisions.of(stack.events(), undisturbed));
    assertThat(ended.path("bestEpoch").asInt())
        .isEqualTo(stack.run(undisturbed).path("bestEpoch").asInt());
    assertThat(awaitModel(disturbed).bestEpoch()).isEqualTo(awaitModel(undisturbed).bestEpoch());
    await()
        .atMost(LiveStack.LONG)
        .untilAsserted(
            () -> {
              assertThat(stack.monitored(disturbed).path("epochs"))
                  .extracting(epoch -> epoch.path("epoch").asInt())
                  .containsExactlyElementsOf(upTo(ended.path("lastEpoch").asInt()));
              assertThat(stack.monitored(disturbed).at("/decisions/0/answer/kind").asText())
                  .isIn("applied", "tooLate");
            });
  }

  @Test
  void aStopThatComesTooLateIsAnsweredSoAndTheBestEpochIsExportedAllTheSame() {
    stack.processes().kill(BridleServices.MONITOR);
    RunId run = stack.submit(LiveStack.spec("digits-plain.json", "unwatched"));
    JsonNode ended = stack.awaitSuccess(run);
    stack.processes().start(BridleServices.MONITOR);
    awaitDecision(run);

    assertThat(awaitAnswers(run))
        .singleElement()
        .extracting(SignalAcknowledged::answer)
        .isInstanceOf(Acknowledgement.TooLate.class);
    assertThat(ended.at("/outcome/kind").asText()).isEqualTo("completed");
    assertThat(awaitModel(run).bestEpoch())
        .isEqualTo(Decisions.bestEpochOfTheStop(stack.events(), run));
  }

  @Test
  void aSignalIsObeyedAndAnsweredOnceHoweverOftenItIsDelivered() {
    ObjectNode spec = LiveStack.spec("digits-plain.json", "told-often");
    ((ObjectNode) spec.at("/policy/rules/0")).put("patience", 1_000);
    RunId run = stack.submit(spec);
    stack.awaitEpoch(run, 3);
    try (SignalSource monitor = new SignalSource(stack.processes().layout().bootstrapServers())) {
      SignalIssued unknown =
          monitor.signal(run, 1, new ControlSignal.StrengthenRegularization("no-such-thing", 2));
      SignalIssued stop = monitor.signal(run, 2, new ControlSignal.StopTraining(1));
      SignalIssued late = monitor.signal(run, 3, new ControlSignal.StopTraining(1));
      SignalIssued last = monitor.signal(run, 4, new ControlSignal.StopTraining(1));
      monitor.deliver(unknown, 3);
      monitor.deliver(stop, 3);
      JsonNode ended = stack.awaitSuccess(run);
      monitor.deliver(late, 3);
      stack.processes().kill(BridleServices.TRAINER);
      stack.processes().start(BridleServices.TRAINER);
      List.of(unknown, stop, late).forEach(signal -> monitor.deliver(signal, 2));
      // A run's signals are read in their order: once this is answered, so is all before it.
      monitor.deliver(last, 1);
      await().atMost(LiveStack.LONG).until(() -> answers(run).containsKey(last.id()));

      assertThat(answers(run))
          .isEqualTo(
              Map.of(
                  unknown.id(), List.of("refused"),
                  stop.id(), List.of("applied"),
                  late.id(), List.of("tooLate"),
                  last.id(), List.of("tooLate")));
      assertThat(stack.run(run)).isEqualTo(ended);
      assertThat(stack.events().of(run, RunEnded.class, Topics.METRICS)).hasSize(1);
      assertThat(stack.events().of(run, ModelExported.class, Topics.MODELS)).hasSize(1);
      await()
          .atMost(LiveStack.LONG)
          .untilAsserted(
              () ->
                  assertThat(stack.monitored(run).path("decisions"))
                      .extracting(decision -> decision.at("/answer/kind").asText())
                      .containsExactly("refused", "applied", "tooLate", "tooLate"));
    }
  }

  /**
   * The kinds of all answers to each signal. What a killed trainer has sent, and could not take out
   * of its spool any more, is sent again as it was: that is no second answer.
   */
  private static Map<SignalId, List<String>> answers(RunId run) {
    return stack.events().of(run, SignalAcknowledged.class, Topics.ACKNOWLEDGEMENTS).stream()
        .distinct()
        .collect(
            groupingBy(
                SignalAcknowledged::signal,
                mapping(
                    said -> EventJson.mapper().valueToTree(said.answer()).get("kind").asText(),
                    toList())));
  }

  @Test
  void aKilledBrokerDoesNotStopTrainingAndEveryEpochArrivesOnceItIsBack() {
    ObjectNode spec = LiveStack.spec("digits-plain.json", "brokerless");
    ((ObjectNode) spec.get("training")).put("epochs", 40);
    RunId run = stack.submit(spec);
    stack.awaitEpoch(run, 5);

    stack.processes().kill(BridleServices.BROKER);
    int epochAtDeath = stack.run(run).path("lastEpoch").asInt();
    stack.awaitEpoch(run, epochAtDeath + 10);
    JsonNode ended = stack.awaitSuccess(run);
    stack.processes().start(BridleServices.BROKER);

    await()
        .atMost(LiveStack.LONG)
        .untilAsserted(
            () ->
                assertThat(
                        stack.events().of(run, EpochCompleted.class, Topics.METRICS).stream()
                            .map(EpochCompleted::epoch)
                            .distinct())
                    .containsExactlyElementsOf(upTo(ended.path("lastEpoch").asInt())));
    awaitModel(run);
  }

  private static void awaitDecision(RunId run) {
    await()
        .atMost(LiveStack.LONG)
        .until(() -> !stack.events().of(run, SignalIssued.class, Topics.SIGNALS).isEmpty());
  }

  private static List<SignalAcknowledged> awaitAnswers(RunId run) {
    return await()
        .atMost(LiveStack.LONG)
        .until(
            () -> stack.events().of(run, SignalAcknowledged.class, Topics.ACKNOWLEDGEMENTS),
            found -> !found.isEmpty());
  }

  private static ModelExported awaitModel(RunId run) {
    ModelExported model =
        await()
            .atMost(LiveStack.LONG)
            .until(
                () -> stack.events().of(run, ModelExported.class, Topics.MODELS),
                found -> !found.isEmpty())
            .get(0);
    await()
        .atMost(LiveStack.LONG)
        .ignoreExceptions()
        .until(() -> stack.read(inference(model, "/ready")).path("ready").asBoolean());
    return model;
  }

  private static JsonNode inferOnce(ModelExported model, int samples) {
    List<Integer> blank = Collections.nCopies(64, 8);
    return stack.post(
        inference(model, "/infer"),
        """
        {"parameters": {"mc_samples": %d, "mc_seed": 7},
         "inputs": [{"name": "input", "datatype": "FP32", "shape": [1, 64], "data": %s}]}"""
            .formatted(samples, blank),
        200);
  }

  private static URI inference(ModelExported model, String what) {
    return stack
        .processes()
        .layout()
        .inference()
        .resolve("/v2/models/" + model.model() + "/versions/" + model.version() + what);
  }

  private static List<Integer> upTo(int lastEpoch) {
    return IntStream.rangeClosed(1, lastEpoch).boxed().toList();
  }
}
