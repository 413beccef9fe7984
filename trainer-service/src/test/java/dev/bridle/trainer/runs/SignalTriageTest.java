package dev.bridle.trainer.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.events.Acknowledgement;
import dev.bridle.events.ControlSignal;
import dev.bridle.events.RunId;
import dev.bridle.events.SignalId;
import dev.bridle.events.SignalIssued;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignalTriageTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final RunId RUN = new RunId("r1");

  @Test
  void aStopOfASupersededAttemptComesTooLate() {
    RunState queued = RunState.queued(RUN, NOW);
    RunState second =
        new RunState(RUN, 2, queued.transitions(), Optional.empty(), Map.of(), List.of(), Map.of());
    assertThat(SignalTriage.answer(stop(1), second, NOW))
        .contains(new Acknowledgement.TooLate("attempt 1 is over: the run is in attempt 2"));
    assertThat(SignalTriage.answer(stop(2), second, NOW)).isEmpty();
  }

  private static SignalIssued stop(int attempt) {
    return new SignalIssued(
        SignalId.of(RUN, attempt, 1, "patience"),
        RUN,
        attempt,
        1,
        "patience",
        new ControlSignal.StopTraining(1),
        "no better",
        Map.of(),
        NOW.plusSeconds(1),
        NOW);
  }
}
