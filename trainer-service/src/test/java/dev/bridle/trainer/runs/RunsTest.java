package dev.bridle.trainer.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bridle.events.Acknowledgement;
import dev.bridle.events.ControlSignal;
import dev.bridle.events.Phase;
import dev.bridle.events.RunChanged;
import dev.bridle.events.RunEnded;
import dev.bridle.events.RunId;
import dev.bridle.events.SignalAcknowledged;
import dev.bridle.events.SignalId;
import dev.bridle.events.SignalIssued;
import dev.bridle.events.TrainingEvent;
import dev.bridle.events.TrainingOutcome;
import dev.bridle.trainer.Digits;
import dev.bridle.trainer.data.DatasetsFolder;
import dev.bridle.trainer.spec.RunSpec;
import dev.bridle.trainer.spec.SpecJson;
import dev.bridle.trainer.train.EpochRecord;
import dev.bridle.trainer.train.Knobs;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final RunSpec SPEC = Digits.spec("{\"epochs\": 9}");

  private static final Knobs KNOBS =
      new Knobs() {
        @Override
        public Turn reduceLearningRate(double factor) {
          return new Turn(true, "learningRate times " + factor);
        }

        @Override
        public Turn strengthen(String technique, double factor) {
          return new Turn(false, "this run has no " + technique);
        }
      };

  @TempDir Path folder;
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final List<TrainingEvent> said = new ArrayList<>();

  @Test
  void aRunThatWaitedWaitsAgainAfterARestart() {
    RunId run = runs().submit(SPEC).run();
    Runs restarted = restarted();
    assertThat(restarted.view(run).orElseThrow().phase()).isEqualTo(Phase.QUEUED);
    assertThat(restarted.waiting()).isEqualTo(1);
  }

  @Test
  void aRunThatWasInProgressFailsWithTheProcess() throws Exception {
    Run run = inTraining();
    run.completed(epoch(1, 0.9));
    run.completed(epoch(2, 0.8));
    Files.writeString(
        folder.resolve("r1/epochs.jsonl"), "{\"run\":\"r1\",\"att", StandardOpenOption.APPEND);
    said.clear();

    RunView view = restarted().view(new RunId("r1")).orElseThrow();
    assertThat(view.phase()).isEqualTo(Phase.FAILED);
    assertThat(view.lastEpoch()).isEqualTo(2);
    assertThat(view.bestEpoch()).hasValue(2);
    assertThat(view.outcome())
        .contains(
            new TrainingOutcome.Failed("the trainer's process ended while the run was RUNNING"));
    assertThat(said.get(0)).isInstanceOf(RunEnded.class);
    assertThat(said.get(1)).isInstanceOf(RunChanged.class);
  }

  @Test
  void twoRunsOfTheSameMomentHaveTheirOwnIds() {
    Runs runs = runs();
    assertThat(runs.submit(SPEC).run()).isNotEqualTo(runs.submit(SPEC).run());
  }

  @Test
  void aFullQueueRefuses() {
    Runs runs = runs();
    runs.submit(SPEC);
    runs.submit(SPEC);
    assertThatThrownBy(() -> runs.submit(SPEC)).isInstanceOf(RunQueueFullException.class);
  }

  @Test
  void aRunThatWaitsIsCancelledAtOnceAndOnlyOnce() {
    Runs runs = runs();
    RunId run = runs.submit(SPEC).run();
    assertThat(runs.cancel(run).orElseThrow().phase()).isEqualTo(Phase.CANCELLED);
    assertThat(runs.cancel(run).orElseThrow().transitions()).hasSize(2);
  }

  @Test
  void aStopIsAppliedAfterTheEpochAndAnsweredOnce() {
    Run run = inTraining();
    run.completed(epoch(1, 0.9));
    run.receive(stop(1, 1, NOW.plusSeconds(1)));
    run.receive(stop(1, 1, NOW.plusSeconds(1)));
    assertThat(run.wishToEnd(1, KNOBS)).get().isInstanceOf(TrainingOutcome.StoppedEarly.class);
    run.receive(stop(1, 1, NOW.plusSeconds(1)));
    assertThat(answers()).containsExactly(new Acknowledgement.Applied(1));
  }

  @Test
  void anExpiredStopComesTooLate() {
    Run run = inTraining();
    run.receive(stop(1, 1, NOW));
    assertThat(answers()).hasOnlyElementsOfType(Acknowledgement.TooLate.class).hasSize(1);
    assertThat(run.wishToEnd(1, KNOBS)).isEmpty();
  }

  @Test
  void aStopThatWaitsWhenTheLastEpochEndsComesTooLate() {
    Run run = inTraining();
    run.receive(stop(1, 1, NOW.plusSeconds(1)));
    run.ended(new TrainingOutcome.Completed());
    assertThat(answers()).hasOnlyElementsOfType(Acknowledgement.TooLate.class).hasSize(1);
    run.receive(stop(1, 2, NOW.plusSeconds(1)));
    assertThat(answers()).hasOnlyElementsOfType(Acknowledgement.TooLate.class).hasSize(2);
  }

  @Test
  void theAnswersSurviveARestart() {
    Run run = inTraining();
    run.receive(stop(1, 1, NOW.plusSeconds(1)));
    run.wishToEnd(1, KNOBS);
    Runs restarted = restarted();
    restarted.receive(stop(1, 1, NOW.plusSeconds(1)));
    assertThat(answers()).containsExactly(new Acknowledgement.Applied(1));
  }

  @Test
  void knobsAreTurnedBetweenEpochsAnsweredAndRecorded() {
    Run run = inTraining();
    run.receive(signal(1, 1, new ControlSignal.ReduceLearningRate(0.5)));
    run.receive(signal(1, 2, new ControlSignal.StrengthenRegularization("l1", 2)));
    assertThat(answers()).isEmpty();
    assertThat(run.wishToEnd(3, KNOBS)).isEmpty();
    assertThat(answers())
        .containsExactly(
            new Acknowledgement.Applied(3), new Acknowledgement.Refused("this run has no l1"));
    Runs restarted = restarted();
    assertThat(restarted.view(new RunId("r1")).orElseThrow().adjustments())
        .singleElement()
        .satisfies(
            adjustment -> {
              assertThat(adjustment.afterEpoch()).isEqualTo(3);
              assertThat(adjustment.change()).isEqualTo("learningRate times 0.5");
            });
  }

  @Test
  void aSignalOfAnUnknownKindIsRefusedAtOnce() {
    inTraining().receive(signal(1, 3, new ControlSignal.Unrecognized()));
    assertThat(answers()).hasOnlyElementsOfType(Acknowledgement.Refused.class).hasSize(1);
  }

  @Test
  void aSignalOfAnAttemptThatAnotherTrainerHasIsPassedOver() {
    inTraining().receive(stop(2, 1, NOW.plusSeconds(1)));
    assertThat(answers()).isEmpty();
  }

  private Runs runs() {
    return new Runs(
        folder,
        new DatasetsFolder(Digits.FOLDER),
        URI.create("http://trainer/"),
        2,
        () -> {},
        said::add,
        clock);
  }

  private Runs restarted() {
    Runs runs = runs();
    runs.restore();
    return runs;
  }

  private Run inTraining() {
    Run run =
        Run.submitted(
            SPEC,
            SpecJson.write(SPEC),
            new RunId("r1"),
            new RunFolder(folder.resolve("r1")),
            said::add,
            clock);
    run.enter(Phase.PREPARING, Optional.empty());
    run.enter(Phase.RUNNING, Optional.empty());
    return run;
  }

  private List<Acknowledgement> answers() {
    return said.stream()
        .filter(SignalAcknowledged.class::isInstance)
        .map(event -> ((SignalAcknowledged) event).answer())
        .toList();
  }

  private static EpochRecord epoch(int epoch, double loss) {
    return new EpochRecord(epoch, Map.of("trainingLoss", loss, "validationLoss", loss));
  }

  private static SignalIssued stop(int attempt, int epoch, Instant expiresAt) {
    return signal(attempt, epoch, new ControlSignal.StopTraining(1), expiresAt);
  }

  private static SignalIssued signal(int attempt, int epoch, ControlSignal signal) {
    return signal(attempt, epoch, signal, NOW.plusSeconds(1));
  }

  private static SignalIssued signal(
      int attempt, int epoch, ControlSignal signal, Instant expiresAt) {
    RunId run = new RunId("r1");
    return new SignalIssued(
        SignalId.of(run, attempt, epoch, "patience"),
        run,
        attempt,
        epoch,
        "patience",
        signal,
        "no better",
        Map.of(),
        expiresAt,
        NOW);
  }
}
