package dev.bridle.events.wire;

import dev.bridle.events.AlertRaised;
import dev.bridle.events.AlertResolved;
import dev.bridle.events.AttemptStarted;
import dev.bridle.events.AttemptSuspended;
import dev.bridle.events.DriftRaised;
import dev.bridle.events.DriftResolved;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.Event;
import dev.bridle.events.ModelExported;
import dev.bridle.events.PolicyAdopted;
import dev.bridle.events.PolicyChanged;
import dev.bridle.events.PredictionLabeled;
import dev.bridle.events.PredictionMade;
import dev.bridle.events.RunChanged;
import dev.bridle.events.RunEnded;
import dev.bridle.events.SignalAcknowledged;
import dev.bridle.events.SignalIssued;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every kind of event: its CloudEvents type, its record and the topic that carries it. */
public enum EventType {
  RUN_CHANGED("dev.bridle.run.changed.v1", RunChanged.class, Topics.RUNS),
  ATTEMPT_STARTED("dev.bridle.attempt.started.v1", AttemptStarted.class, Topics.METRICS),
  EPOCH_COMPLETED("dev.bridle.epoch.completed.v1", EpochCompleted.class, Topics.METRICS),
  ATTEMPT_SUSPENDED("dev.bridle.attempt.suspended.v1", AttemptSuspended.class, Topics.METRICS),
  RUN_ENDED("dev.bridle.run.ended.v1", RunEnded.class, Topics.METRICS),
  POLICY_CHANGED("dev.bridle.policy.changed.v1", PolicyChanged.class, Topics.METRICS),
  POLICY_ADOPTED("dev.bridle.policy.adopted.v1", PolicyAdopted.class, Topics.METRICS),
  SIGNAL_ISSUED("dev.bridle.signal.issued.v1", SignalIssued.class, Topics.SIGNALS),
  SIGNAL_ACKNOWLEDGED(
      "dev.bridle.signal.acknowledged.v1", SignalAcknowledged.class, Topics.ACKNOWLEDGEMENTS),
  ALERT_RAISED("dev.bridle.alert.raised.v1", AlertRaised.class, Topics.ALERTS),
  ALERT_RESOLVED("dev.bridle.alert.resolved.v1", AlertResolved.class, Topics.ALERTS),
  MODEL_EXPORTED("dev.bridle.model.exported.v1", ModelExported.class, Topics.MODELS),
  PREDICTION_MADE("dev.bridle.prediction.made.v1", PredictionMade.class, Topics.PREDICTIONS),
  PREDICTION_LABELED("dev.bridle.prediction.labeled.v1", PredictionLabeled.class, Topics.LABELS),
  DRIFT_RAISED("dev.bridle.drift.raised.v1", DriftRaised.class, Topics.DRIFT),
  DRIFT_RESOLVED("dev.bridle.drift.resolved.v1", DriftResolved.class, Topics.DRIFT);

  private static final Map<String, EventType> BY_NAME =
      Stream.of(values()).collect(Collectors.toMap(EventType::cloudEventsType, type -> type));
  private static final Map<Class<?>, EventType> BY_RECORD =
      Stream.of(values()).collect(Collectors.toMap(EventType::record, type -> type));

  private final String cloudEventsType;
  private final Class<? extends Event> record;
  private final String topic;

  EventType(String cloudEventsType, Class<? extends Event> record, String topic) {
    this.cloudEventsType = cloudEventsType;
    this.record = record;
    this.topic = topic;
  }

  /** The {@code ce_type}: {@code dev.bridle.<noun>.<verb-past>.v1}. */
  public String cloudEventsType() {
    return cloudEventsType;
  }

  public Class<? extends Event> record() {
    return record;
  }

  public String topic() {
    return topic;
  }

  public static EventType of(Event event) {
    EventType type = BY_RECORD.get(event.getClass());
    if (type == null) {
      throw new IllegalStateException("no type for " + event.getClass());
    }
    return type;
  }

  /** Empty for a type that only a newer version knows. */
  public static Optional<EventType> of(String cloudEventsType) {
    return Optional.ofNullable(BY_NAME.get(cloudEventsType));
  }
}
