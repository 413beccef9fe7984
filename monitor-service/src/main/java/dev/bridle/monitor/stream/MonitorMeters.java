package dev.bridle.monitor.stream;

import dev.bridle.events.AlertRaised;
import dev.bridle.events.PolicyAdopted;
import dev.bridle.events.PolicyChanged;
import dev.bridle.events.SignalIssued;
import dev.bridle.events.TrainingEvent;
import dev.bridle.events.wire.EventType;
import dev.bridle.events.wire.Topics;
import dev.bridle.monitor.run.Judgment.Intake;
import dev.bridle.monitor.stream.RoundTrip.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.kafka.streams.processor.TaskId;

/**
 * What the topology counts. A record that is processed again after a crash counts again: the topics
 * hold each decision once, the meters say what this process did.
 */
final class MonitorMeters {
  private static final Pattern REPEATED = Pattern.compile("-\\d+$");

  private final MeterRegistry registry;
  private final Clock clock;
  private final Timer latency;
  private final Map<String, Counter> counters = new ConcurrentHashMap<>();
  private final Map<EventType, Counter> events = new ConcurrentHashMap<>();
  private final Map<Intake, Counter> epochs = new ConcurrentHashMap<>();
  private final Map<TaskId, Long> waitingSignals = new ConcurrentHashMap<>();
  private final Map<TaskId, Long> unansweredSignals = new ConcurrentHashMap<>();

  MonitorMeters(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
    latency =
        Timer.builder("bridle.monitor.decision.latency")
            .description("From the end of an epoch to the decision that it caused.")
            .publishPercentileHistogram()
            .register(registry);
    Topics.settings().stream()
        .map(Topics.Settings::name)
        .filter(topic -> !topic.endsWith(Topics.DEAD_LETTER_SUFFIX))
        .forEach(this::deadLetters);
    gauge(
        "bridle.monitor.waiting",
        "Signals of this instance's runs that have no answer and have not expired.",
        waitingSignals);
    gauge(
        "bridle.monitor.unanswered",
        "Signals of this instance's runs that expired without an answer.",
        unansweredSignals);
  }

  void event(TrainingEvent event) {
    events
        .computeIfAbsent(
            EventType.of(event),
            type ->
                counter(
                    "bridle.monitor.events",
                    "Events that the judge took in, by their type.",
                    "type",
                    type.cloudEventsType()))
        .increment();
  }

  void epoch(Intake intake) {
    epochs
        .computeIfAbsent(
            intake,
            became ->
                counter(
                    "bridle.monitor.epochs",
                    "Epochs taken in, by what became of them.",
                    "intake",
                    became.name().toLowerCase(Locale.ROOT)))
        .increment();
  }

  void decision(TrainingEvent decision) {
    if (decision instanceof PolicyAdopted || decision instanceof PolicyChanged) {
      return;
    }
    latency.record(nonNegative(Duration.between(decision.time(), clock.instant())));
    if (decision instanceof SignalIssued signal) {
      counter(
              "bridle.monitor.decisions",
              "Control signals issued, by the kind of rule and what they ask for.",
              "rule",
              kind(signal.rule()),
              "action",
              signal.signal().getClass().getSimpleName())
          .increment();
    } else if (decision instanceof AlertRaised alert) {
      counter(
              "bridle.monitor.alerts",
              "Alerts raised, by the kind of rule and severity.",
              "rule",
              kind(alert.rule()),
              "severity",
              alert.severity().name().toLowerCase(Locale.ROOT))
          .increment();
    }
  }

  void deadLetter(String topic) {
    deadLetters(topic).increment();
  }

  /** There from the start, for Prometheus sees no increase in what begins at 1. */
  private Counter deadLetters(String topic) {
    return counter(
        "bridle.monitor.dead.letters",
        "Malformed records, by the topic that they came from.",
        "topic",
        topic);
  }

  void roundTrip(Outcome outcome, Duration time) {
    Timer.builder("bridle.monitor.signal.roundtrip")
        .description(
            "From a signal, that is from the end of its epoch, to the trainer's answer, by what"
                + " that was.")
        .tag("outcome", outcome.tag())
        .publishPercentileHistogram()
        .register(registry)
        .record(time);
  }

  /** A task's signals without an answer: those that may get one, and those that have expired. */
  void openSignals(TaskId task, long waiting, long unanswered) {
    waitingSignals.put(task, waiting);
    unansweredSignals.put(task, unanswered);
  }

  private void gauge(String name, String description, Map<TaskId, Long> byTask) {
    Gauge.builder(name, byTask, all -> all.values().stream().mapToLong(Long::longValue).sum())
        .description(description)
        .baseUnit("signals")
        .register(registry);
  }

  void forgotten() {
    Counter.builder("bridle.monitor.forgotten")
        .description("Runs whose retention was over.")
        .baseUnit("runs")
        .register(registry)
        .increment();
  }

  void unknownEvent() {
    Counter.builder("bridle.monitor.unknown.events")
        .description("Events of a type that only a newer version knows.")
        .register(registry)
        .increment();
  }

  /** Kept at hand: to look one up in the registry costs more than to judge an epoch by a rule. */
  private Counter counter(String name, String description, String... tags) {
    return counters.computeIfAbsent(
        name + "/" + String.join("/", tags),
        first -> Counter.builder(name).description(description).tags(tags).register(registry));
  }

  /** {@code patience} for {@code patience-2}: a policy's length must not multiply the meters. */
  private static String kind(String rule) {
    return REPEATED.matcher(rule).replaceFirst("");
  }

  private static Duration nonNegative(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }
}
