package dev.bridle.monitor.stream;

import dev.bridle.events.AttemptStarted;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.RunEnded;
import dev.bridle.events.TrainingEvent;
import dev.bridle.events.wire.EventCodec;
import dev.bridle.events.wire.EventType;
import dev.bridle.events.wire.MalformedEventException;
import dev.bridle.events.wire.Topics;
import dev.bridle.monitor.run.Judgment;
import dev.bridle.monitor.run.RunJudge;
import dev.bridle.monitor.run.RunState;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Reads an event, lets the run's judge decide, keeps the state, passes the decisions on. */
final class JudgeProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  static final String RUNS = "runs";
  static final String EPOCHS = "epochs";
  static final String WATCHED = "watched";

  private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

  private final RunJudge judge;
  private final MonitorMeters meters;
  private final Clock clock;
  private final Duration stallTime;
  private final EventCodec codec = new EventCodec(URI.create("/bridle/monitor"));
  private ProcessorContext<byte[], byte[]> context;
  private KeyValueStore<String, byte[]> runs;
  private StoredHistory history;
  private StallWatch stalls;
  private DeadLetters deadLetters;

  JudgeProcessor(RunJudge judge, MonitorMeters meters, Clock clock, Duration stallTime) {
    this.judge = judge;
    this.meters = meters;
    this.clock = clock;
    this.stallTime = stallTime;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
    LocalState.distrustAfterKill(context.stateDir().toPath());
    deadLetters = new DeadLetters(context, meters);
    runs = context.getStateStore(RUNS);
    history = new StoredHistory(context.getStateStore(EPOCHS));
    stalls = new StallWatch(context.getStateStore(WATCHED), clock, stallTime);
    context.schedule(
        LOOK_INTERVAL,
        PunctuationType.WALL_CLOCK_TIME,
        timestamp -> stalls.look().forEach(this::publish));
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
    byte[] stored = runs.get(run);
    Optional<RunState> before = Optional.ofNullable(stored).map(RunStateJson::read);
    Judgment judgment = judgment(before, event);
    if (before.isEmpty() || judgment.state() != before.get()) {
      runs.put(run, RunStateJson.write(judgment.state()));
    }
    judgment.decisions().forEach(this::publish);
    if (judgment.intake() != Judgment.Intake.SUPERSEDED) {
      stalls.seen(event.run(), judgment.state()).ifPresent(this::publish);
    }
  }

  private Judgment judgment(Optional<RunState> before, TrainingEvent event) {
    if (event instanceof EpochCompleted epoch) {
      Judgment judgment = judge.completed(before, epoch, history);
      meters.epoch(judgment.intake());
      return judgment;
    }
    if (event instanceof AttemptStarted start) {
      return judge.started(before, start, history);
    }
    if (event instanceof RunEnded end) {
      return judge.ended(before, end);
    }
    throw new MalformedEventException(
        EventType.of(event).cloudEventsType() + " does not belong on " + Topics.METRICS);
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
  }
}
