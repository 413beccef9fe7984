package dev.bridle.monitor.stream;

import dev.bridle.events.SignalAcknowledged;
import dev.bridle.events.SignalIssued;
import dev.bridle.events.wire.EventCodec;
import dev.bridle.events.wire.MalformedEventException;
import dev.bridle.events.wire.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Pairs each signal with its trainer's answer, whichever comes first and however often. It stands
 * in the topology and not in the live view because every instance has a view of everything, while
 * each run's signals and answers come to exactly one task, across restarts too: so a round trip is
 * measured once. What is malformed here others bury.
 */
final class RoundTripProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  static final String STORE = "signals";

  /** Signals that one look takes in; the next goes on from there. */
  static final int SIGNALS_A_LOOK = 1_000;

  private static final Set<String> TOPICS = Set.of(Topics.SIGNALS, Topics.ACKNOWLEDGEMENTS);
  private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

  private final MonitorMeters meters;
  private final Clock clock;
  private final long retention;
  private ProcessorContext<byte[], byte[]> context;
  private KeyValueStore<String, byte[]> signals;
  private String lookedUpTo = "";
  private long waiting;
  private long unanswered;

  RoundTripProcessor(MonitorMeters meters, Clock clock, Duration retention) {
    this.meters = meters;
    this.clock = clock;
    this.retention = retention.toMillis();
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
    LocalState.distrustAfterKill(context.stateDir().toPath());
    signals = context.getStateStore(STORE);
    context.schedule(LOOK_INTERVAL, PunctuationType.WALL_CLOCK_TIME, timestamp -> look());
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    if (record.value() == null
        || !TOPICS.contains(context.recordMetadata().orElseThrow().topic())) {
      return;
    }
    try {
      EventCodec.decode(record.headers(), record.value())
          .ifPresent(
              event -> {
                if (event instanceof SignalIssued signal) {
                  take(signal.id().value(), RoundTrip.begunBy(signal));
                } else if (event instanceof SignalAcknowledged answer) {
                  take(answer.signal().value(), RoundTrip.endedBy(answer));
                }
              });
    } catch (MalformedEventException e) {
      // The trainer buries those of the signals, WireCheckProcessor those of the answers.
    }
  }

  private void take(String signal, RoundTrip half) {
    byte[] stored = signals.get(signal);
    RoundTrip before = stored == null ? half : RoundTrip.read(stored);
    RoundTrip now = before.with(half);
    if (stored == null || !now.equals(before)) {
      signals.put(signal, now.written());
    }
    if (now.isComplete() && !before.isComplete()) {
      meters.roundTrip(now.outcome(), now.time());
    }
  }

  private void look() {
    List<KeyValue<String, byte[]>> looked = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> next = signals.range(lookedUpTo, null)) {
      while (next.hasNext() && looked.size() < SIGNALS_A_LOOK) {
        looked.add(next.next());
      }
      lookedUpTo = next.hasNext() ? next.peekNextKey() : "";
    }
    long now = clock.millis();
    for (KeyValue<String, byte[]> signal : looked) {
      RoundTrip trip = RoundTrip.read(signal.value);
      if (trip.isOver(now, retention)) {
        signals.delete(signal.key);
      } else if (trip.isOpen()) {
        waiting += trip.isExpired(now) ? 0 : 1;
        unanswered += trip.isExpired(now) ? 1 : 0;
      }
    }
    if (lookedUpTo.isEmpty()) {
      meters.openSignals(context.taskId(), waiting, unanswered);
      waiting = 0;
      unanswered = 0;
    }
  }

  @Override
  public void close() {
    meters.openSignals(context.taskId(), 0, 0);
  }
}
