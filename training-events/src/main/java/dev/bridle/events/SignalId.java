package dev.bridle.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Names one decision: {@code run/attempt/epoch/rule}. The same decision has the same id however
 * often it is made or delivered.
 */
public record SignalId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public SignalId {
    Require.text("id", value);
  }

  public static SignalId of(RunId run, int attempt, int epoch, String rule) {
    return new SignalId(run + "/" + attempt + "/" + epoch + "/" + rule);
  }

  @Override
  public String toString() {
    return value;
  }
}
