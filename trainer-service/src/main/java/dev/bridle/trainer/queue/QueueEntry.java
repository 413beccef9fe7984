package dev.bridle.trainer.queue;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.bridle.events.RunId;
import dev.bridle.trainer.runs.Request;
import java.util.Optional;

/** What trainers write into the log of their queue. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "entry")
@JsonSubTypes({
  @JsonSubTypes.Type(value = QueueEntry.Submitted.class, name = "submitted"),
  @JsonSubTypes.Type(value = QueueEntry.Claimed.class, name = "claimed"),
  @JsonSubTypes.Type(value = QueueEntry.Renewed.class, name = "renewed"),
  @JsonSubTypes.Type(value = QueueEntry.Released.class, name = "released"),
  @JsonSubTypes.Type(value = QueueEntry.Requested.class, name = "requested")
})
public sealed interface QueueEntry {
  RunId run();

  /** The record's key: of two entries with the same key only the later needs to be kept. */
  String key();

  /** The run's files are where all trainers can read them. */
  record Submitted(RunId run, Optional<String> idempotencyKey) implements QueueEntry {
    @Override
    public String key() {
      return run.value();
    }
  }

  /**
   * A trainer wants the run. It has it if this is the first claim of the term.
   *
   * @param claim unlike any other
   */
  record Claimed(RunId run, int term, String trainer, String claim) implements QueueEntry {
    @Override
    public String key() {
      return run + "/claimed/" + claim;
    }
  }

  /** The term's holder is alive. */
  record Renewed(RunId run, int term) implements QueueEntry {
    @Override
    public String key() {
      return run + "/renewed";
    }
  }

  /**
   * The term's holder gives the run back.
   *
   * @param heardThrough the place of the last request that it has followed; -1 for none
   */
  record Released(RunId run, int term, Rest rest, long heardThrough) implements QueueEntry {
    @Override
    public String key() {
      return run + "/released/" + term;
    }
  }

  /**
   * An owner asks something of the run's holder.
   *
   * @param id unlike any other
   */
  record Requested(RunId run, Request request, String id) implements QueueEntry {
    @Override
    public String key() {
      return run + "/requested/" + id;
    }
  }
}
