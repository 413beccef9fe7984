package dev.bridle.events;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Optional;

/** A trainer's answer to a signal. */
@JsonTypeInfo(
    use = JsonTypeInfo.Id.NAME,
    property = "kind",
    defaultImpl = Acknowledgement.Unrecognized.class)
@JsonSubTypes({
  @Type(value = Acknowledgement.Applied.class, name = "applied"),
  @Type(value = Acknowledgement.Refused.class, name = "refused"),
  @Type(value = Acknowledgement.TooLate.class, name = "tooLate")
})
public sealed interface Acknowledgement {
  /**
   * The trainer did it.
   *
   * @param afterEpoch the last epoch that was trained before it took effect
   */
  record Applied(int afterEpoch) implements Acknowledgement {
    public Applied {
      Require.atLeast("answer.afterEpoch", 0, afterEpoch);
    }
  }

  /** The trainer cannot do it, and why. */
  record Refused(String reason) implements Acknowledgement {
    public Refused {
      Require.text("answer.reason", reason);
    }
  }

  /** The run had ended, or the signal had expired. */
  record TooLate(String reason) implements Acknowledgement {
    public TooLate {
      Require.text("answer.reason", reason);
    }
  }

  /** An answer that a newer trainer knows. */
  record Unrecognized(Optional<String> reason) implements Acknowledgement {}
}
