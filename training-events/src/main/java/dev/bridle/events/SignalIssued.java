package dev.bridle.events;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The monitor's decision about a run, addressed to its trainer.
 *
 * @param id derived from run, attempt, epoch and rule
 * @param epoch the epoch after which the rule decided
 * @param rule the deciding rule's name in the run's policy
 * @param reason a sentence for people
 * @param evidence the numbers behind the reason, by name
 * @param expiresAt when it no longer matters: a trainer that gets it later answers too late
 */
public record SignalIssued(
    SignalId id,
    RunId run,
    int attempt,
    int epoch,
    String rule,
    ControlSignal signal,
    String reason,
    Map<String, Double> evidence,
    Instant expiresAt,
    Instant time)
    implements TrainingEvent {
  public SignalIssued {
    Require.present("id", id);
    Require.present("run", run);
    Require.atLeast("attempt", 1, attempt);
    Require.atLeast("epoch", 0, epoch);
    Require.text("rule", rule);
    Require.present("signal", signal);
    Require.text("reason", reason);
    evidence = evidence == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(evidence));
    Require.present("expiresAt", expiresAt);
    Require.present("time", time);
  }

  @Override
  public String identity() {
    return id.value();
  }
}
