package dev.bridle.monitor.web;

import dev.bridle.events.Acknowledgement;
import dev.bridle.events.AlertRaised;
import dev.bridle.events.AlertResolved;
import dev.bridle.events.AttemptStarted;
import dev.bridle.events.ControlSignal;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.ModelExported;
import dev.bridle.events.Phase;
import dev.bridle.events.RunChanged;
import dev.bridle.events.RunEnded;
import dev.bridle.events.RunId;
import dev.bridle.events.Severity;
import dev.bridle.events.SignalAcknowledged;
import dev.bridle.events.SignalId;
import dev.bridle.events.SignalIssued;
import dev.bridle.events.TrainingOutcome;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The events of one run, for tests to say. */
public record Events(RunId run, String name, int plannedEpochs, Instant start) {
  private static final String GAP_REMEDY =
      "Regularize more: dropout in the hidden layers, weight decay, or more data.";

  public static Events of(String run) {
    return new Events(new RunId(run), run + "-name", 50, Instant.parse("2026-11-23T08:00:00Z"));
  }

  public RunChanged phase(int attempt, Phase phase) {
    return phase(attempt, phase, phase.ordinal());
  }

  public RunChanged phase(int attempt, Phase phase, int second) {
    return new RunChanged(
        run,
        attempt,
        name,
        "demo",
        phase,
        plannedEpochs,
        OptionalInt.empty(),
        Optional.empty(),
        at(second));
  }

  public AttemptStarted attempt(int attempt, int resumedFromEpoch) {
    return new AttemptStarted(
        run, attempt, resumedFromEpoch, name, "demo", plannedEpochs, Optional.empty(), at(2));
  }

  public EpochCompleted epoch(int attempt, int epoch, double training, double validation) {
    return new EpochCompleted(
        run,
        attempt,
        epoch,
        Map.of(
            "trainingLoss",
            training * 1.1,
            "trainingLossClean",
            training,
            "validationLoss",
            validation,
            "label/accuracy",
            Math.max(0.1, 1 - validation / 2.5)),
        at(2 + epoch));
  }

  public SignalIssued stop(int attempt, int epoch, int bestEpoch) {
    return new SignalIssued(
        id(attempt, epoch, "patience"),
        run,
        attempt,
        epoch,
        "patience",
        new ControlSignal.StopTraining(bestEpoch),
        "validationLoss has not improved on epoch %d for %d epochs"
            .formatted(bestEpoch, epoch - bestEpoch),
        Map.of("patience", (double) (epoch - bestEpoch)),
        at(1000),
        at(2 + epoch));
  }

  public SignalAcknowledged applied(SignalIssued signal, int afterEpoch) {
    return new SignalAcknowledged(
        signal.id(),
        run,
        signal.attempt(),
        new Acknowledgement.Applied(afterEpoch),
        at(3 + afterEpoch));
  }

  public AlertRaised gap(int attempt, int epoch) {
    return new AlertRaised(
        id(attempt, epoch, "generalizationGap"),
        run,
        attempt,
        epoch,
        "generalizationGap",
        Severity.WARNING,
        "The model memorizes: validation loss is well above training loss and the gap grows",
        Map.of("gap", 0.4),
        GAP_REMEDY,
        at(2 + epoch));
  }

  public AlertResolved resolved(AlertRaised alert, int epoch) {
    return new AlertResolved(alert.id(), run, alert.attempt(), epoch, alert.rule(), at(2 + epoch));
  }

  public RunEnded ended(int attempt, int lastEpoch, int bestEpoch, TrainingOutcome outcome) {
    OptionalInt best = bestEpoch == 0 ? OptionalInt.empty() : OptionalInt.of(bestEpoch);
    return new RunEnded(run, attempt, lastEpoch, best, outcome, at(4 + lastEpoch));
  }

  public ModelExported model(int attempt, String model, long version, int bestEpoch) {
    return new ModelExported(
        run,
        attempt,
        model,
        version,
        URI.create("http://127.0.0.1:8081/v1/runs/" + run + "/artifacts/model.onnx"),
        "0".repeat(64),
        345_678,
        bestEpoch,
        Map.of("label/accuracy", 0.931),
        at(500));
  }

  private SignalId id(int attempt, int epoch, String rule) {
    return SignalId.of(run, attempt, epoch, rule);
  }

  private Instant at(int second) {
    return start.plusSeconds(second);
  }
}
