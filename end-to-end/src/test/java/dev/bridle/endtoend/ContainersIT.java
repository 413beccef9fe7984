package dev.bridle.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.ModelExported;
import dev.bridle.events.RunId;
import dev.bridle.events.SignalIssued;
import dev.bridle.events.wire.Topics;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.lifecycle.Startables;

/**
 * The loop across containers made as docker-compose.yml says, and what is left of it when one is
 * cut off from Kafka, killed, or not alone.
 */
@Tag("containers")
class ContainersIT {
  private static ContainerStack stack;

  @BeforeAll
  static void startEverything() {
    stack = ContainerStack.start();
  }

  @AfterAll
  static void endEverything() throws Exception {
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  void stopsAnOverfittingRunAndServesItsBestEpochWithItsUncertainty() {
    RunId run = stack.submit(stack.trainer(), LiveStack.spec("digits-dropout.json", "loop"));

    JsonNode ended = stack.awaitSuccess(stack.trainer(), run);

    assertThat(ended.at("/outcome/kind").asText()).isEqualTo("stoppedEarly");
    awaitServed("loop");
    assertThat(stack.infer("loop", blankImage()).path("outputs"))
        .extracting(output -> output.path("name").asText())
        .contains("probabilities", "probabilities.mutual_information");
  }

  @Test
  void aTrainerThatIsCutOffTrainsOnAndEveryEpochArrivesOnceItIsHealed() {
    RunId run = stack.submit(stack.trainer(), stoppedInTime("cut-off-trainer"));
    stack.awaitEpoch(stack.trainer(), run, 3);

    stack.trainer().cutOff();
    int epochAtTheCut = stack.run(stack.trainer(), run).path("lastEpoch").asInt();
    stack.awaitEpoch(stack.trainer(), run, epochAtTheCut + 10);
    List<Integer> arrived = epochs(run);
    stack.trainer().heal();
    JsonNode ended = stack.awaitSuccess(stack.trainer(), run);

    assertThat(arrived).hasSizeLessThan(epochAtTheCut + 5);
    await()
        .atMost(LiveStack.LONG)
        .untilAsserted(
            () ->
                assertThat(epochs(run))
                    .containsExactlyElementsOf(upTo(ended.path("lastEpoch").asInt())));
    awaitServed("cut-off-trainer");
  }

  @Test
  void aMonitorThatIsCutOffDecidesAsAnUndisturbedOneOnceItIsHealed() {
    RunId undisturbed = stack.submit(stack.trainer(), stoppedInTime("undisturbed"));
    stack.awaitSuccess(stack.trainer(), undisturbed);
    awaitDecision(undisturbed);

    RunId disturbed = stack.submit(stack.trainer(), stoppedInTime("cut-off-monitor"));
    stack.awaitEpoch(stack.trainer(), disturbed, 8);
    stack.monitor().cutOff();
    stack.awaitSuccess(stack.trainer(), disturbed);
    boolean decidedWhileCutOff = isDecided(disturbed);
    stack.monitor().heal();
    awaitDecision(disturbed);

    assertThat(decidedWhileCutOff).isFalse();
    assertThat(Decisions.of(stack.events(), disturbed))
        .isEqualTo(Decisions.of(stack.events(), undisturbed));
  }

  @Test
  void anInferenceServiceThatIsCutOffServesWhatWasTrainedMeanwhileOnceItIsHealed() {
    stack.inference().cutOff();
    RunId run = stack.submit(stack.trainer(), stoppedInTime("cut-off-inference"));
    stack.awaitSuccess(stack.trainer(), run);
    await()
        .atMost(LiveStack.LONG)
        .until(() -> !stack.events().of(run, ModelExported.class, Topics.MODELS).isEmpty());
    boolean servedWhileCutOff = stack.serves("cut-off-inference");
    stack.inference().heal();

    assertThat(servedWhileCutOff).isFalse();
    awaitServed("cut-off-inference");
  }

  @Test
  void aKilledInferenceServiceServesItsModelsAgainWithoutTheTrainer() {
    RunId run = stack.submit(stack.trainer(), stoppedInTime("kept"));
    stack.awaitSuccess(stack.trainer(), run);
    awaitServed("kept");

    stack.inference().kill();
    stack.trainer().kill();
    stack.inference().startAgain();

    awaitServed("kept");
    stack.trainer().startAgain();
    assertThat(stack.run(stack.trainer(), run).path("phase").asText()).isEqualTo("SUCCEEDED");
  }

  @Test
  void threeMonitorsShareTheRunsOfTwoTrainersAndOneMayBeKilled() {
    try (ServiceContainer second = stack.monitor("monitor-2");
        ServiceContainer third = stack.monitor("monitor-3");
        ServiceContainer trainer = stack.trainer(ContainerStack.SECOND_TRAINER)) {
      Startables.deepStart(second, third, trainer).join();
      RunId one = stack.submit(stack.trainer(), stoppedInTime("of-trainer-1"));
      RunId other = stack.submit(trainer, stoppedInTime("of-trainer-2"));
      stack.awaitEpoch(stack.trainer(), one, 5);
      stack.awaitEpoch(trainer, other, 5);

      stack.monitor().kill();
      stack.awaitSuccess(stack.trainer(), one);
      stack.awaitSuccess(trainer, other);
      List.of(one, other).forEach(ContainersIT::awaitDecision);
      stack.monitor().startAgain();

      for (RunId run : List.of(one, other)) {
        assertThat(stack.events().of(run, SignalIssued.class, Topics.SIGNALS)).hasSize(1);
        for (ServiceContainer monitor : List.of(stack.monitor(), second, third)) {
          await()
              .atMost(LiveStack.LONG)
              .ignoreExceptions()
              .untilAsserted(
                  () -> assertThat(stack.monitored(monitor, run).path("decisions")).hasSize(1));
        }
      }
      awaitServed("of-trainer-1");
      awaitServed("of-trainer-2");
    }
  }

  @Test
  void theRunOfAKilledTrainerIsTakenOverByAnotherAndJudgedAsIfNothingHadBeen() {
    RunId undisturbed = stack.submit(stack.trainer(), stoppedInTime("undisturbed-twin"));
    stack.awaitSuccess(stack.trainer(), undisturbed);
    try (ServiceContainer first = stack.sharingTrainer("sharing-1");
        ServiceContainer second = stack.sharingTrainer("sharing-2")) {
      Startables.deepStart(first, second).join();
      RunId long1 = stack.submit(first, stoppedInTime("taken-over"));
      stack.awaitEpoch(second, long1, 3);
      // One of them has it, and each is asked what the other knows.
      RunId long2 = stack.submit(second, stoppedInTime("beside"));
      stack.awaitEpoch(first, long2, 3);

      first.kill();
      JsonNode one = stack.awaitSuccess(second, long1);
      JsonNode other = stack.awaitSuccess(second, long2);
      assertThat(List.of(one.path("attempt").asInt(), other.path("attempt").asInt()))
          .containsExactlyInAnyOrder(1, 2);
      int stoppedAt = decidedEpoch(undisturbed);
      for (RunId run : List.of(long1, long2)) {
        awaitDecision(run);
        assertThat(decidedEpoch(run)).isEqualTo(stoppedAt);
      }
      awaitServed("taken-over");
      awaitServed("beside");
    }
  }

  private static int decidedEpoch(RunId run) {
    List<SignalIssued> signals = stack.events().of(run, SignalIssued.class, Topics.SIGNALS);
    assertThat(signals).hasSize(1);
    return signals.get(0).epoch();
  }

  /** One whose stop is decided before its last epoch, the 60th. */
  private static ObjectNode stoppedInTime(String name) {
    ObjectNode spec = LiveStack.spec("digits-plain.json", name);
    ((ObjectNode) spec.get("training")).put("epochs", 60);
    return spec;
  }

  private static List<Integer> epochs(RunId run) {
    return stack.events().of(run, EpochCompleted.class, Topics.METRICS).stream()
        .map(EpochCompleted::epoch)
        .distinct()
        .toList();
  }

  private static boolean isDecided(RunId run) {
    return !stack.events().of(run, SignalIssued.class, Topics.SIGNALS).isEmpty();
  }

  private static void awaitDecision(RunId run) {
    await().atMost(LiveStack.LONG).until(() -> isDecided(run));
  }

  private static void awaitServed(String model) {
    await().atMost(LiveStack.LONG).until(() -> stack.serves(model));
  }

  private static String blankImage() {
    return """
        {"parameters": {"mc_samples": 50, "mc_seed": 7},
         "inputs": [{"name": "input", "datatype": "FP32", "shape": [1, 64], "data": %s}]}"""
        .formatted(Collections.nCopies(64, 8));
  }

  private static List<Integer> upTo(int lastEpoch) {
    return IntStream.rangeClosed(1, lastEpoch).boxed().toList();
  }
}
