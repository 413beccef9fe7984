package dev.bridle.trainer.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bridle.events.Acknowledgement;
import dev.bridle.events.ControlSignal;
import dev.bridle.events.Phase;
import dev.bridle.events.RunChanged;
import dev.bridle.events.RunId;
import dev.bridle.events.SignalAcknowledged;
import dev.bridle.events.SignalId;
import dev.bridle.events.SignalIssued;
import dev.bridle.events.TrainingEvent;
import dev.bridle.events.TrainingOutcome;
import dev.bridle.trainer.Digits;
import dev.bridle.trainer.Training;
import dev.bridle.trainer.data.DatasetsFolder;
import dev.bridle.trainer.model.Weights;
import dev.bridle.trainer.spec.RunSpec;
import dev.bridle.trainer.train.Checkpoint;
import dev.bridle.trainer.train.EpochRecord;
import dev.bridle.trainer.train.Knobs;
import dev.bridle.trainer.train.OptimizerState;
import dev.bridle.trainer.train.Wish;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final RunSpec SPEC = Digits.spec("{\"epochs\": 9}");

  private static final RunId R1 = new RunId("r1");
  private static final TrainingOutcome STOPPED =
      new TrainingOutcome.StoppedEarly(SignalId.of(R1, 1, 1, "patience"), "patience", "no better");

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
    RunId run = runs().submit(SPEC, Optional.empty()).run();
    Runs restarted = restarted();
    assertThat(restarted.view(run).orElseThrow().phase()).isEqualTo(Phase.QUEUED);
    assertThat(restarted.waiting()).isEqualTo(1);
  }

  @Test
  void aRunThatWasInProgressGoesOnFromItsCheckpointAfterARestart() throws Exception {
    Run run = inTraining();
    run.completed(epoch(1, 0.9));
    run.completed(epoch(2, 0.8));
    run.settled(new Wish.GoOn(), () -> checkpoint(2), Duration.ZERO);
    run.completed(epoch(3, 0.7));
    Files.writeString(
        folder.resolve("r1/epochs.jsonl"), "{\"run\":\"r1\",\"att", StandardOpenOption.APPEND);
    said.clear();

    RunView view = restarted().view(R1).orElseThrow();
    assertThat(view.phase()).isEqualTo(Phase.QUEUED);
    assertThat(view.queuePosition()).hasValue(1);
    assertThat(view.attempt()).isEqualTo(2);
    assertThat(view.resumedFromEpoch()).isEqualTo(2);
    assertThat(view.lastEpoch()).isEqualTo(2);
    assertThat(view.bestEpoch()).hasValue(2);
    assertThat(said)
        .singleElement()
        .satisfies(event -> assertThat(((RunChanged) event).attempt()).isEqualTo(2));
  }

  @Test
  void whatFailsWhileTheTrainerShutsDownIsTriedAgain() throws Exception {
    TrainingSetup none =
        new TrainingSetup(
            new DatasetsFolder(Digits.FOLDER), URI.create("http://t/"), Duration.ZERO, () -> {});
    AtomicReference<Runs> trainer = new AtomicReference<>();
    Announcements refused =
        event -> {
          if (event instanceof RunChanged change && change.phase() == Phase.PREPARING) {
            trainer.get().close();
            throw new IllegalStateException("Shutdown in progress");
          }
        };
    trainer.set(new Runs(new LocalQueue(2), folder, none, refused, clock));
    RunId run = trainer.get().submit(SPEC, Optional.empty()).run();
    trainer.get().trainNext();

    RunView view = restarted().view(run).orElseThrow();
    assertThat(view.phase()).isEqualTo(Phase.QUEUED);
    assertThat(view.outcome()).isEmpty();
    assertThat(view.transitions())
        .last()
        .extracting(PhaseTransition::reason)
        .isEqualTo(Optional.of("its trainer shut down (Shutdown in progress)"));
  }

  @Test
  void aRunThatEndsItsProcessAgainAndAgainFails() {
    inTraining();
    for (int crash = 1; crash <= 2; crash++) {
      restarted();
      Run again = Run.restored(new RunFolder(folder.resolve("r1")), said::add, clock);
      again.enter(Phase.PREPARING, Optional.empty());
    }
    RunView view = restarted().view(R1).orElseThrow();
    assertThat(view.phase()).isEqualTo(Phase.FAILED);
    assertThat(view.outcome())
        .contains(
            new TrainingOutcome.Failed(
                "the trainer's process ended while the run was PREPARING, 3 times at the same"
                    + " checkpoint"));
  }

  @Test
  void aCheckpointThatCannotBeReadFailsItsRunAlone() throws Exception {
    inTraining();
    Files.writeString(folder.resolve("r1/checkpoint.safetensors"), "torn");
    RunView view = restarted().view(R1).orElseThrow();
    assertThat(view.phase()).isEqualTo(Phase.FAILED);
    assertThat(view.transitions().get(3).reason().orElseThrow())
        .contains("its checkpoint cannot be read");
  }

  @Test
  void whatWasTurnedAfterTheCheckpointIsDecidedAgain() {
    Run run = inTraining();
    run.completed(epoch(1, 0.9));
    run.receive(signal(1, 1, new ControlSignal.ReduceLearningRate(0.5)));
    run.wish(1, KNOBS);
    assertThat(answers()).isEmpty();
    assertThat(restarted().view(R1).orElseThrow().adjustments()).isEmpty();
  }

  @Test
  void aRunIsPausedAndResumedByItsOwner() {
    Runs runs = runs();
    RunId run = runs.submit(SPEC, Optional.empty()).run();
    assertThat(runs.pause(run).orElseThrow().phase()).isEqualTo(Phase.PAUSED);
    assertThat(runs.waiting()).isZero();
    assertThat(restarted().view(run).orElseThrow().phase()).isEqualTo(Phase.PAUSED);
    RunView resumed = runs.resume(run).orElseThrow();
    assertThat(resumed.phase()).isEqualTo(Phase.QUEUED);
    assertThat(resumed.attempt()).isEqualTo(2);
    assertThat(runs.waiting()).isEqualTo(1);
    assertThatThrownBy(() -> runs.resume(run))
        .isInstanceOf(RunConflictException.class)
        .hasMessageContaining("is QUEUED: it cannot be resumed");
    runs.cancel(run);
    assertThatThrownBy(() -> runs.pause(run)).hasMessageContaining("is CANCELLED");
  }

  @Test
  void aRunInTrainingPausesAtACheckpointAfterItsEpoch() {
    Run run = inTraining();
    run.completed(epoch(1, 0.9));
    run.pause();
    assertThat(run.wish(1, KNOBS)).isEqualTo(new Wish.Pause());
    run.settled(new Wish.Pause(), () -> checkpoint(1), Duration.ofHours(1));
    assertThat(run.checkpoint()).isPresent();
  }

  @Test
  void theSameSubmissionWithTheSameKeyIsOneRun() {
    Runs runs = runs();
    RunId run = runs.submit(SPEC, Optional.of("k")).run();
    assertThat(runs.submit(SPEC, Optional.of("k")).run()).isEqualTo(run);
    assertThat(restarted().submit(SPEC, Optional.of("k")).run()).isEqualTo(run);
    RunSpec other = Digits.spec("{\"epochs\": 8}");
    assertThatThrownBy(() -> runs.submit(other, Optional.of("k")))
        .isInstanceOf(RunConflictException.class)
        .hasMessageContaining("Idempotency-Key 'k' came with another spec");
  }

  @Test
  void aCloneHasTheChangedSpecAndABranchTheEpochsToo() {
    Run run = inTraining();
    run.completed(epoch(1, 0.9));
    run.settled(new Wish.Pause(), () -> checkpoint(1), Duration.ZERO);
    run.completed(epoch(2, 0.8));
    Runs runs = restarted();
    RunView clone = runs.cloned(R1, "{\"training\": {\"epochs\": 3}}".getBytes()).orElseThrow();
    assertThat(clone.plannedEpochs()).isEqualTo(3);
    assertThat(clone.lastEpoch()).isZero();
    runs.cancel(clone.run());
    RunView branch = runs.branched(R1, "{\"name\": \"b\"}".getBytes()).orElseThrow();
    assertThat(branch.name()).isEqualTo("b");
    assertThat(branch.lastEpoch()).isEqualTo(1);
    assertThat(branch.attempt()).isEqualTo(1);
  }

  @Test
  void aBranchCannotHaveOtherWeightsOrNoEpochsLeft() {
    Run run = inTraining();
    run.completed(epoch(1, 0.9));
    run.settled(new Wish.Pause(), () -> checkpoint(1), Duration.ZERO);
    Runs runs = restarted();
    assertThatThrownBy(() -> runs.branched(R1, "{\"model\": {\"hidden\": [8]}}".getBytes()))
        .hasMessageContaining("model should be that of the run it branches from");
    assertThatThrownBy(() -> runs.branched(R1, "{\"training\": {\"epochs\": 1}}".getBytes()))
        .hasMessageContaining("training.epochs should be above the checkpoint's epoch 1: was 1");
    assertThatThrownBy(() -> runs.branched(R1, "[]".getBytes()))
        .hasMessageContaining("the changes should be a JSON object");
  }

  @Test
  void aRunWithoutACheckpointCannotBeBranched() {
    Runs runs = runs();
    RunId run = runs.submit(SPEC, Optional.empty()).run();
    assertThatThrownBy(() -> runs.branched(run, "{}".getBytes()))
        .isInstanceOf(RunConflictException.class);
  }

  @Test
  void twoRunsOfTheSameMomentHaveTheirOwnIds() {
    Runs runs = runs();
    assertThat(runs.submit(SPEC, Optional.empty()).run())
        .isNotEqualTo(runs.submit(SPEC, Optional.empty()).run());
  }

  /** Whoever shared its runs with others, and is alone again, trains none of them once more. */
  @Test
  void whatASharingTrainerEndedHasEnded() {
    inTraining();
    Claim claim = new Claim(R1, 1);
    Run.restored(new RunFolders(folder).of(claim), said::add, clock).fail("no more");
    assertThat(restarted().view(R1).orElseThrow().phase()).isEqualTo(Phase.FAILED);
    assertThat(restarted().waiting()).isZero();
  }

  @Test
  void aFullQueueRefuses() {
    Runs runs = runs();
    runs.submit(SPEC, Optional.empty());
    runs.submit(SPEC, Optional.empty());
    assertThatThrownBy(() -> runs.submit(SPEC, Optional.empty()))
        .isInstanceOf(RunQueueFullException.class);
  }

  @Test
  void aRunThatWaitsIsCancelledAtOnceAndOnlyOnce() {
    Runs runs = runs();
    RunId run = runs.submit(SPEC, Optional.empty()).run();
    assertThat(runs.cancel(run).orElseThrow().phase()).isEqualTo(Phase.CANCELLED);
    assertThat(runs.cancel(run).orElseThrow().transitions()).hasSize(2);
  }

  @Test
  void aStopIsAppliedAfterTheEpochAndAnsweredOnce() {
    Run run = inTraining();
    run.completed(epoch(1, 0.9));
    run.receive(stop(1, 1, NOW.plusSeconds(1)));
    run.receive(stop(1, 1, NOW.plusSeconds(1)));
    assertThat(run.wish(1, KNOBS)).isInstanceOf(Wish.End.class);
    run.receive(stop(1, 1, NOW.plusSeconds(1)));
    assertThat(answers()).isEmpty();
    run.ended(STOPPED);
    run.receive(stop(1, 1, NOW.plusSeconds(1)));
    assertThat(answers()).containsExactly(new Acknowledgement.Applied(1));
  }

  @Test
  void anExpiredStopComesTooLate() {
    Run run = inTraining();
    run.receive(stop(1, 1, NOW));
    assertThat(answers()).hasOnlyElementsOfType(Acknowledgement.TooLate.class).hasSize(1);
    assertThat(run.wish(1, KNOBS)).isEqualTo(new Wish.GoOn());
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
    run.completed(epoch(1, 0.9));
    run.wish(1, KNOBS);
    run.ended(STOPPED);
    Runs restarted = restarted();
    restarted.receive(stop(1, 1, NOW.plusSeconds(1)));
    restarted.receive(stop(1, 1, NOW.plusSeconds(1)));
    assertThat(answers())
        .as("said once more as it was, for the process before may not have come to say it")
        .containsExactly(new Acknowledgement.Applied(1), new Acknowledgement.Applied(1));
    assertThat(said.stream().filter(SignalAcknowledged.class::isInstance).distinct()).hasSize(1);
  }

  @Test
  void anAnswerThatAProcessDidNotComeToSayIsSaidByTheNext() {
    Run run = inTraining();
    run.ended(STOPPED);
    int before = said.size();
    run.receive(stop(1, 1, NOW.plusSeconds(1)));
    TrainingEvent unsaid = said.remove(before);

    restarted().receive(stop(1, 1, NOW.plusSeconds(1)));

    assertThat(said.subList(before, said.size())).contains(unsaid);
  }

  @Test
  void anOutcomeThatAProcessDidNotComeToSayIsSaidByTheNext() {
    Run run = inTraining();
    run.fail("the disk is full");
    TrainingEvent unsaid = said.remove(said.size() - 1);

    restarted();

    assertThat(unsaid).isInstanceOf(RunChanged.class);
    assertThat(said).endsWith(unsaid);
  }

  @Test
  void knobsAreTurnedBetweenEpochsAnsweredAndRecorded() {
    Run run = inTraining();
    run.receive(signal(1, 1, new ControlSignal.ReduceLearningRate(0.5)));
    run.receive(signal(1, 2, new ControlSignal.StrengthenRegularization("l1", 2)));
    assertThat(answers()).isEmpty();
    for (int i = 1; i <= 3; i++) {
      run.completed(epoch(i, 0.5));
    }
    assertThat(run.wish(3, KNOBS)).isEqualTo(new Wish.GoOn());
    run.settled(new Wish.GoOn(), () -> checkpoint(3), Duration.ofHours(1));
    assertThat(answers())
        .containsExactly(
            new Acknowledgement.Refused("this run has no l1"), new Acknowledgement.Applied(3));
    Runs restarted = restarted();
    assertThat(restarted.view(R1).orElseThrow().adjustments())
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
    return runs(new LocalQueue(2));
  }

  private Runs runs(RunQueue queue) {
    return new Runs(queue, folder, Training.setup(Duration.ofHours(1)), said::add, clock);
  }

  private Runs restarted() {
    LocalQueue queue = new LocalQueue(2);
    Runs runs = runs(queue);
    runs.restore(queue);
    return runs;
  }

  private Run inTraining() {
    Run run =
        Run.submitted(
            SPEC, R1, Optional.empty(), new RunFolder(folder.resolve("r1")), said::add, clock);
    run.enter(Phase.PREPARING, Optional.empty());
    run.begin();
    run.enter(Phase.RUNNING, Optional.empty());
    return run;
  }

  private List<Acknowledgement> answers() {
    return said.stream()
        .filter(SignalAcknowledged.class::isInstance)
        .map(event -> ((SignalAcknowledged) event).answer())
        .toList();
  }

  private static Checkpoint checkpoint(int epoch) {
    Weights none = new Weights(Map.of());
    return new Checkpoint(
        epoch, none, new OptimizerState(epoch, none), List.of(), Optional.empty());
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
    return new SignalIssued(
        SignalId.of(R1, attempt, epoch, "patience"),
        R1,
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
