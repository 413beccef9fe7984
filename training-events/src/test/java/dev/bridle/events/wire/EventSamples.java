package dev.bridle.events.wire;

import dev.bridle.events.Acknowledgement;
import dev.bridle.events.AlertRaised;
import dev.bridle.events.AlertResolved;
import dev.bridle.events.AttemptStarted;
import dev.bridle.events.AttemptSuspended;
import dev.bridle.events.ControlSignal;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.Event;
import dev.bridle.events.ModelExported;
import dev.bridle.events.Phase;
import dev.bridle.events.PolicyAdopted;
import dev.bridle.events.PolicyChanged;
import dev.bridle.events.PolicyOrigin;
import dev.bridle.events.PolicySpec;
import dev.bridle.events.PredictionLabeled;
import dev.bridle.events.PredictionMade;
import dev.bridle.events.RunChanged;
import dev.bridle.events.RunEnded;
import dev.bridle.events.RunId;
import dev.bridle.events.ServingEvent;
import dev.bridle.events.Severity;
import dev.bridle.events.SignalAcknowledged;
import dev.bridle.events.SignalId;
import dev.bridle.events.SignalIssued;
import dev.bridle.events.TrainingOutcome;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** One event of each type, every field filled: what the golden files hold. */
final class EventSamples {
  static final RunId RUN = new RunId("digits-k3f9qa");
  static final Instant TIME = Instant.parse("2026-11-23T06:00:00.123Z");

  private EventSamples() {}

  static Event full(EventType type) {
    SignalId stop = SignalId.of(RUN, 1, 27, "patience");
    return switch (type) {
      case RUN_CHANGED ->
          new RunChanged(
              RUN,
              1,
              "digits",
              "demo",
              Phase.SUCCEEDED,
              150,
              OptionalInt.of(17),
              Optional.of("stopped early by patience"),
              TIME);
      case ATTEMPT_STARTED ->
          new AttemptStarted(
              RUN,
              2,
              17,
              "digits",
              "demo",
              150,
              Optional.of(
                  new PolicySpec("any", List.of(Map.of("rule", "patience", "patience", 10)))),
              TIME);
      case ATTEMPT_SUSPENDED -> new AttemptSuspended(RUN, 1, 29, "paused by its owner", TIME);
      case EPOCH_COMPLETED ->
          new EpochCompleted(
              RUN,
              1,
              27,
              Map.of(
                  "trainingLoss",
                  0.25,
                  "validationLoss",
                  Double.NaN,
                  "gradientNorm/dense1",
                  Double.POSITIVE_INFINITY,
                  "weightNorm/dense1",
                  Double.NEGATIVE_INFINITY),
              TIME);
      case RUN_ENDED ->
          new RunEnded(
              RUN,
              1,
              29,
              OptionalInt.of(17),
              new TrainingOutcome.StoppedEarly(stop, "patience", "no improvement for 10 epochs"),
              TIME);
      case POLICY_CHANGED -> new PolicyChanged(RUN, 2, policy(), PolicyOrigin.OPERATOR, TIME);
      case POLICY_ADOPTED -> new PolicyAdopted(RUN, 2, 18, policy(), PolicyOrigin.OPERATOR, TIME);
      case SIGNAL_ISSUED ->
          new SignalIssued(
              stop,
              RUN,
              1,
              27,
              "patience",
              new ControlSignal.StopTraining(17),
              "no improvement for 10 epochs",
              Map.of("bestValue", 0.5, "wait", 10.0),
              TIME.plusSeconds(3600),
              TIME);
      case SIGNAL_ACKNOWLEDGED ->
          new SignalAcknowledged(stop, RUN, 1, new Acknowledgement.Applied(29), TIME);
      case ALERT_RAISED ->
          new AlertRaised(
              SignalId.of(RUN, 1, 20, "generalizationGap"),
              RUN,
              1,
              20,
              "generalizationGap",
              Severity.WARNING,
              "validation loss exceeds training loss by 0.4",
              Map.of("gap", 0.4),
              "raise dropout or weight decay",
              TIME);
      case ALERT_RESOLVED ->
          new AlertResolved(
              SignalId.of(RUN, 1, 20, "generalizationGap"), RUN, 1, 25, "generalizationGap", TIME);
      case MODEL_EXPORTED ->
          new ModelExported(
              RUN,
              1,
              "digits",
              3,
              URI.create("http://127.0.0.1:8081/v1/runs/digits-k3f9qa/artifacts/model.onnx"),
              "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
              345_678,
              17,
              Map.of("label/accuracy", 0.95),
              TIME);
      case PREDICTION_MADE ->
          new PredictionMade(
              "digits",
              3,
              "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
              "order-17",
              100,
              Optional.of("sample"),
              Optional.of(7L),
              Map.of(
                  "y",
                  new PredictionMade.Output(List.of(1L, 3L), List.of(0.25, 0.5, 0.25)),
                  "y.mutual_information",
                  new PredictionMade.Output(List.of(1L), List.of(Double.NaN))),
              TIME);
      case PREDICTION_LABELED ->
          new PredictionLabeled("digits", "order-17", Optional.of("y"), List.of(3.0), TIME);
    };
  }

  /** Whom it is about: a run, or a served model. */
  static String subject(EventType type) {
    return ServingEvent.class.isAssignableFrom(type.record()) ? "digits" : RUN.value();
  }

  private static PolicySpec policy() {
    return new PolicySpec(
        "kOfN",
        OptionalInt.of(1),
        OptionalInt.of(3),
        List.of(Map.of("rule", "patience", "patience", 10, "action", "alert")));
  }
}
