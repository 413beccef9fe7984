package dev.bridle.monitor.stream;

import dev.bridle.events.Acknowledgement;
import dev.bridle.events.SignalAcknowledged;
import dev.bridle.events.SignalIssued;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * What is stored of a signal: when it was issued, when it expires, when and how it was answered.
 * The halves come in any order; times are milliseconds, 0 for a half that has not come.
 */
record RoundTrip(long issued, long expires, long answered, Outcome outcome) {

  /** How a trainer answered; its place in the list is stored. */
  enum Outcome {
    NONE("none"),
    APPLIED("applied"),
    REFUSED("refused"),
    TOO_LATE("tooLate"),
    UNRECOGNIZED("unrecognized");

    private final String tag;

    Outcome(String tag) {
      this.tag = tag;
    }

    /** As the meters say it. */
    String tag() {
      return tag;
    }

    static Outcome of(Acknowledgement answer) {
      if (answer instanceof Acknowledgement.Applied) {
        return APPLIED;
      } else if (answer instanceof Acknowledgement.Refused) {
        return REFUSED;
      }
      return answer instanceof Acknowledgement.TooLate ? TOO_LATE : UNRECOGNIZED;
    }
  }

  static RoundTrip begunBy(SignalIssued signal) {
    return new RoundTrip(
        signal.time().toEpochMilli(), signal.expiresAt().toEpochMilli(), 0, Outcome.NONE);
  }

  static RoundTrip endedBy(SignalAcknowledged answer) {
    return new RoundTrip(0, 0, answer.time().toEpochMilli(), Outcome.of(answer.answer()));
  }

  static RoundTrip read(byte[] stored) {
    ByteBuffer bytes = ByteBuffer.wrap(stored);
    return new RoundTrip(
        bytes.getLong(), bytes.getLong(), bytes.getLong(), Outcome.values()[bytes.get()]);
  }

  byte[] written() {
    return ByteBuffer.allocate(25)
        .putLong(issued)
        .putLong(expires)
        .putLong(answered)
        .put((byte) outcome.ordinal())
        .array();
  }

  /** With what the other lacks here; what is known stays. */
  RoundTrip with(RoundTrip other) {
    RoundTrip begin = issued == 0 ? other : this;
    RoundTrip end = answered == 0 ? other : this;
    return new RoundTrip(begin.issued, begin.expires, end.answered, end.outcome);
  }

  boolean isComplete() {
    return issued != 0 && answered != 0;
  }

  /** Whether it was issued and nobody has answered. */
  boolean isOpen() {
    return issued != 0 && answered == 0;
  }

  boolean isExpired(long now) {
    return now >= expires;
  }

  /** Not negative, should the clocks differ. */
  Duration time() {
    return Duration.ofMillis(Math.max(0, answered - issued));
  }

  /** Whether nothing is to be remembered of it: repetitions no longer come. */
  boolean isOver(long now, long retention) {
    return isComplete() ? isExpired(now) : now >= Math.max(expires, answered) + retention;
  }
}
