package dev.bridle.monitor.web.projection;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.bridle.events.RunId;
import java.util.Optional;

/**
 * What one event changed. An update whose revision is not above that of a fetched view is contained
 * in that view.
 *
 * @param revision counted from 1 by the projection, one more for every change
 * @param summary the run's, after the change
 */
public record RunUpdate(
    @JsonIgnore Kind kind,
    long revision,
    RunId run,
    RunSummary summary,
    Optional<EpochView> epoch,
    Optional<DecisionView> decision,
    Optional<AlertView> alert,
    Optional<ModelView> model) {
  /** Of all runs: what was fetched before is out of date. */
  public static RunUpdate reset(long revision) {
    return new RunUpdate(
        Kind.RESET,
        revision,
        null,
        null,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static RunUpdate forgotten(long revision, RunSummary summary) {
    return new RunUpdate(
        Kind.FORGOTTEN,
        revision,
        summary.run(),
        summary,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** What kind of change it is; the name, in lower case, is the server-sent event's. */
  public enum Kind {
    /** Its phase, its attempt or its outcome; epochs of a superseded attempt may be gone. */
    RUN,
    EPOCH,
    DECISION,
    ACKNOWLEDGEMENT,
    ALERT,
    MODEL,
    /** Its time is over: it is in no view any more; the summary is its last. */
    FORGOTTEN,
    /**
     * Updates were missed that are not known any more: the state has to be fetched anew. Only the
     * revision is there.
     */
    RESET
  }
}
