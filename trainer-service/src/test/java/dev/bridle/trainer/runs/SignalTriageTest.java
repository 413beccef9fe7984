package dev.bridle.trainer.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.events.Acknowledgement;
import dev.bridle.events.ControlSignal;
import dev.bridle.events.RunId;
import dev.bridle.events.SignalId;
import dev.bridle.events.SignalIssued;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignalTriageTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final RunId RUN = new RunId("r1");

  @Test
  void aStopOfASupersededAttemptComesTooLate() {
    RunState second = attempt(2, 0);
    assertThat(SignalTriage.answer(stop(1), second, NOW))
        .contains(new Acknowledgement.TooLate("attempt 1 is over: the run is in attempt 2"));
    assertThat(SignalTriage.answer(stop(2), second, NOW)).isEmpty();
  }

  @Test
  void aStopOnEpochsThatTheResumedRunKeptStands() {
    assertThat(SignalTriage.answer(stop(1, 5), attempt(2, 5), NOW)).isEmpty();
    assertThat(SignalTriage.answer(stop(1, 6), attempt(2, 5), NOW))
        .contains(new Acknowledgement.TooLate("attempt 1 is over: the run is in attempt 2"));
  }

  @Test
  void aKnobOnEpochsThatTheResumedRunKeptIsStillTurned() {
    SignalIssued reduce = signal(1, 3, new ControlSignal.ReduceLearningRate(0.5));
    assertThat(SignalTriage.answer(reduce, attempt(2, 5), NOW)).isEmpty();
    assertThat(SignalTriage.answer(reduce, attempt(2, 2), NOW))
        .contains(new Acknowledgement.TooLate("attempt 1 is over: the run is in attempt 2"));
  }

  @Test
  void aKnobThatAnEndedProcessTurnedIsNotTurnedAgain() {
    SignalIssued reduce = signal(1, 3, new ControlSignal.ReduceLearningRate(0.5));
    Adjustment turned = new Adjustment(4, reduce.id(), "patience", "learningRate", NOW);
    RunState kept = attempt(1, 0).adjusted(turned).resumed(5, 0);
    assertThat(SignalTriage.answer(reduce, kept, NOW)).contains(new Acknowledgement.Applied(4));
    RunState undone = attempt(1, 0).adjusted(turned).resumed(3, 0);
    assertThat(SignalTriage.answer(reduce, undone, NOW)).isEmpty();
  }

  private static RunState attempt(int attempt, int resumedFromEpoch) {
    RunState state = RunState.queued(RUN, Optional.empty(), NOW);
    for (int i = 1; i < attempt; i++) {
      state = state.resumed(resumedFromEpoch, 0);
    }
    return state;
  }

  private static SignalIssued stop(int attempt) {
    return stop(attempt, 1);
  }

  private static SignalIssued stop(int attempt, int epoch) {
    return signal(attempt, epoch, new ControlSignal.StopTraining(1));
  }

  private static SignalIssued signal(int attempt, int epoch, ControlSignal signal) {
    return new SignalIssued(
        SignalId.of(RUN, attempt, epoch, "patience"),
        RUN,
        attempt,
        epoch,
        "patience",
        signal,
        "no better",
        Map.of(),
        NOW.plusSeconds(1),
        NOW);
  }
}
