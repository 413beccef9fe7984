package dev.bridle.events;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A rule sees something unhealthy.
 *
 * @param id derived from run, attempt, epoch and rule
 * @param epoch the epoch after which the rule judged
 * @param rule the rule's name in the run's policy
 * @param message a sentence that says what was seen
 * @param evidence the numbers behind it, by name
 * @param remedy what to try; names the regularization technique
 */
public record AlertRaised(
    SignalId id,
    RunId run,
    int attempt,
    int epoch,
    String rule,
    Severity severity,
    String message,
    Map<String, Double> evidence,
    String remedy,
    Instant time)
    implements TrainingEvent {
  public AlertRaised {
    Require.present("id", id);
    Require.present("run", run);
    Require.atLeast("attempt", 1, attempt);
    Require.atLeast("epoch", 0, epoch);
    Require.text("rule", rule);
    Require.present("severity", severity);
    Require.text("message", message);
    evidence = evidence == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(evidence));
    remedy = remedy == null ? "" : remedy;
    Require.present("time", time);
  }

  @Override
  public String identity() {
    return id.value();
  }
}
