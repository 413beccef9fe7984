package dev.bridle.endtoend;

import dev.bridle.events.AlertRaised;
import dev.bridle.events.AlertResolved;
import dev.bridle.events.ControlSignal;
import dev.bridle.events.RunId;
import dev.bridle.events.SignalIssued;
import dev.bridle.events.wire.Topics;
import java.util.ArrayList;
import java.util.List;

/** What the monitor decided about a run, as two runs of one spec can be compared by. */
record Decisions(List<String> all) {
  static Decisions of(EventLog events, RunId run) {
    List<String> all = new ArrayList<>();
    for (SignalIssued signal : events.of(run, SignalIssued.class, Topics.SIGNALS)) {
      all.add(
          "epoch %d, attempt %d, %s: %s"
              .formatted(signal.epoch(), signal.attempt(), signal.rule(), signal.signal()));
    }
    for (AlertRaised alert : events.of(run, AlertRaised.class, Topics.ALERTS)) {
      all.add("epoch %d, %s: %s".formatted(alert.epoch(), alert.rule(), alert.severity()));
    }
    for (AlertResolved alert : events.of(run, AlertResolved.class, Topics.ALERTS)) {
      all.add("epoch %d, %s: resolved".formatted(alert.epoch(), alert.rule()));
    }
    return new Decisions(all);
  }

  static int bestEpochOfTheStop(EventLog events, RunId run) {
    SignalIssued stop = events.of(run, SignalIssued.class, Topics.SIGNALS).get(0);
    return ((ControlSignal.StopTraining) stop.signal()).bestEpoch();
  }
}
