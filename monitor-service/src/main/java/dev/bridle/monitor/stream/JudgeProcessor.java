package dev.bridle.monitor.stream;

import dev.bridle.events.AttemptStarted;
import dev.bridle.events.AttemptSuspended;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.PolicyAdopted;
import dev.bridle.events.PolicyChanged;
import dev.bridle.events.RunEnded;
import dev.bridle.events.TrainingEvent;
import dev.bridle.events.wire.EventCodec;
import dev.bridle.events.wire.EventType;
import dev.bridle.events.wire.MalformedEventException;
import dev.bridle.events.wire.Topics;
import dev.bridle.monitor.book.StandingPolicies;
import dev.bridle.monitor.config.MonitorConfig;
import dev.bridle.monitor.run.EpochHistory;
import dev.bridle.monitor.run.Judgment;
import dev.bridle.monitor.run.PolicyBook;
import dev.bridle.monitor.run.RunJudge;
import dev.bridle.monitor.run.RunState;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Reads an event, lets the run's judge decide, keeps the state, passes the decisions on. */
final class JudgeProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  static final String RUNS = "runs";
  static final String POLICIES = "policies";
  static final String EPOCHS = "epochs";
  static final String WATCHED = "watched";

  private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

  /**
   * A decision on something younger is committed at once, for a trainer waits for it. One on older
   * epochs, while the monitor catches up, takes part in the next commit: more often would cost more
   * than the judging.
   */
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final MonitorConfig config;
  private final MonitorMeters meters;
  private final Clock clock;
  private final EventCodec codec = new EventCodec(URI.create("/bridle/monitor"));
  private ProcessorContext<byte[], byte[]> context;
  private RunJudge judge;
  private StoredRuns runs;
  private KeyValueStore<String, byte[]> epochs;
  private FinishedRuns finished;
  private StallWatch stalls;
  private RetentionWatch retention;
  private DeadLetters deadLetters;

  JudgeProcessor(MonitorConfig config, MonitorMeters meters, Clock clock) {
    this.config = config;
    this.meters = meters;
    this.clock = clock;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
    LocalState.distrustAfterKill(context.stateDir().toPath());
    deadLetters = new DeadLetters(context, meters);
    runs = new StoredRuns(context.getStateStore(RUNS), context.getStateStore(POLICIES));
    epochs = context.getStateStore(EPOCHS);
    StandingPolicies standing = new StandingPolicies(context.getStateStore(StandingPolicies.STORE));
    finished = new FinishedRuns(context.getStateStore(FinishedRuns.STORE));
    PolicyBook book = new BookOfPolicies(standing, finished);
    judge = new RunJudge(config.signalLifetime(), book);
    stalls = new StallWatch(context.getStateStore(WATCHED), runs, clock, config.stallTime());
    PolicyWatch policies =
        new PolicyWatch(standing, book, runs, context.getStateStore(WATCHED), clock);
    retention =
        new RetentionWatch(
            context.getStateStore(RetentionWatch.STORE),
            runs,
            epochs,
            stalls,
            meters,
            clock,
            config.retention());
    lookEverySecond(retention::look);
    lookEverySecond(stalls::look);
    lookEverySecond(policies::look);
  }

  private void lookEverySecond(Supplier<List<TrainingEvent>> watch) {
    context.schedule(
        LOOK_INTERVAL,
        PunctuationType.WALL_CLOCK_TIME,
        timestamp -> watch.get().forEach(this::publish));
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    try {
      EventCodec.decode(record.headers(), record.value())
          .ifPresentOrElse(event -> take(record, event), meters::unknownEvent);
    } catch (MalformedEventException e) {
      deadLetters.bury(record, e.getMessage());
    }
  }

  private void take(Record<byte[], byte[]> record, TrainingEvent event) {
    String run = event.run().value();
    if (record.key() == null || !run.equals(new String(record.key(), StandardCharsets.UTF_8))) {
      throw new MalformedEventException(
          "the record's key should equal run '%s': was %s"
              .formatted(
                  run,
                  record.key() == null
                      ? "null"
                      : "'" + new String(record.key(), StandardCharsets.UTF_8) + "'"));
    }
    meters.event(event);
    Optional<RunState> before = runs.find(run);
    if (before.isEmpty() && retention.comesTooLate(event)) {
      return;
    }
    EpochHistory history = new StoredHistory(epochs, record.value());
    Optional<Judgment> judged = judgment(before, event, history);
    if (judged.isEmpty()) {
      return;
    }
    Judgment judgment = judged.get();
    if (before.isEmpty() || judgment.state() != before.get()) {
      runs.put(run, judgment.state());
    }
    judgment.decisions().forEach(this::publish);
    if (judgment.intake() != Judgment.Intake.SUPERSEDED) {
      retention.heard(event.run(), judgment.state());
      stalls.seen(event.run(), judgment.state()).ifPresent(this::publish);
    }
  }

  /** Empty where there is nothing to judge. */
  private Optional<Judgment> judgment(
      Optional<RunState> before, TrainingEvent event, EpochHistory history) {
    if (event instanceof EpochCompleted epoch) {
      Judgment judgment = judge.completed(before, epoch, history);
      meters.epoch(judgment.intake());
      return Optional.of(judgment);
    }
    if (event instanceof AttemptStarted start) {
      return Optional.of(judge.started(before, start, history));
    }
    if (event instanceof RunEnded end) {
      Judgment judgment = judge.ended(before, end);
      if (judgment.intake() == Judgment.Intake.ACCEPTED) {
        finished
            .left(judgment.state(), end, history)
            .forEach((key, curve) -> leave(key, curve, end));
      }
      return Optional.of(judgment);
    }
    if (event instanceof PolicyChanged change) {
      return before.map(run -> judge.policyChanged(run, change, history));
    }
    if (event instanceof AttemptSuspended suspension) {
      stalls.excuse(suspension).ifPresent(this::publish);
      return Optional.empty();
    }
    if (event instanceof PolicyAdopted) {
      return Optional.empty(); // this judge's own word
    }
    throw new MalformedEventException(
        EventType.of(event).cloudEventsType() + " does not belong on " + Topics.METRICS);
  }

  private void leave(String key, byte[] curve, RunEnded end) {
    context.forward(
        new Record<>(key.getBytes(StandardCharsets.UTF_8), curve, end.time().toEpochMilli()),
        Topics.CURVES);
  }

  private void publish(TrainingEvent decision) {
    ProducerRecord<String, byte[]> encoded = codec.encode(decision);
    context.forward(
        new Record<>(
            encoded.key().getBytes(StandardCharsets.UTF_8),
            encoded.value(),
            encoded.timestamp(),
            encoded.headers()),
        encoded.topic());
    meters.decision(decision);
    if (Duration.between(decision.time(), clock.instant()).compareTo(FRESH) < 0) {
      context.commit();
    }
  }
}
