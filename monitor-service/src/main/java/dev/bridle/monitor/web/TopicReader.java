package dev.bridle.monitor.web;

import dev.bridle.events.wire.EventCodec;
import dev.bridle.events.wire.MalformedEventException;
import dev.bridle.events.wire.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Reads every topic into the {@link LiveRuns}, from the beginning at each start and without a
 * commit. A malformed record is passed over: its topic's owner, not this reader, dead-letters it.
 *
 * <p>One thread polls and folds. A channel of the messaging framework would wrap each record and
 * hand it from thread to thread, which costs more than to read and fold it.
 */
@ApplicationScoped
class TopicReader {
  static final List<String> TOPICS =
      List.of(
          Topics.RUNS,
          Topics.METRICS,
          Topics.SIGNALS,
          Topics.ALERTS,
          Topics.ACKNOWLEDGEMENTS,
          Topics.MODELS);

  private static final Logger LOG = Logger.getLogger(TopicReader.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration ANSWER = Duration.ofSeconds(3);
  private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final LiveRuns runs;
  private final MeterRegistry meters;
  private final Map<String, Object> kafka;
  private final Queue<Runnable> questions = new ConcurrentLinkedQueue<>();
  private final Thread thread = new Thread(this::read, "live-view");
  private Consumer<byte[], byte[]> consumer;
  private volatile boolean stopped;

  TopicReader(
      LiveRuns runs,
      MeterRegistry meters,
      @Identifier("default-kafka-broker") Map<String, Object> kafka) {
    this.runs = runs;
    this.meters = meters;
    this.kafka = kafka;
  }

  void start(@Observes StartupEvent event) {
    consumer = ViewConsumer.of(kafka);
    consumer.subscribe(TOPICS);
    thread.setDaemon(true);
    thread.start();
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopped = true;
    consumer.wakeup();
    thread.join(FAREWELL.toMillis());
  }

  private void read() {
    while (!stopped) {
      try {
        consumer.poll(POLL).forEach(this::read);
      } catch (WakeupException e) {
        LOG.debug("the live view reads no more");
      } catch (KafkaException e) {
        LOG.warnf("the live view could not read, and tries again: %s", e);
        LockSupport.parkNanos(AFTER_A_FAILURE.toNanos());
      }
      for (Runnable question = questions.poll(); question != null; question = questions.poll()) {
        question.run();
      }
    }
    consumer.close();
  }

  private void read(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return; // compaction's tombstone
    }
    try {
      EventCodec.decode(record.headers(), record.value())
          .ifPresentOrElse(
              event -> runs.accept(event, record.value()), () -> passedOver(record, "unknown"));
    } catch (MalformedEventException e) {
      passedOver(record, "malformed");
      LOG.debugf("passed over %s: %s", place(record), e.getMessage());
    } catch (RuntimeException e) {
      LOG.warnf(e, "the live view lacks %s", place(record));
    }
  }

  /**
   * Records that it has yet to read; empty while it has no partitions.
   *
   * @throws KafkaException if that is unknown, for nobody answers
   */
  OptionalLong behind(Duration patience) {
    FutureTask<OptionalLong> question = new FutureTask<>(this::behind);
    questions.add(question);
    try {
      return question.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("how far the live view is behind", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException(e);
    }
  }

  private OptionalLong behind() {
    long sum = 0;
    for (var end : consumer.endOffsets(consumer.assignment(), ANSWER).entrySet()) {
      sum += Math.max(0, end.getValue() - consumer.position(end.getKey(), ANSWER));
    }
    return consumer.assignment().isEmpty() ? OptionalLong.empty() : OptionalLong.of(sum);
  }

  private static String place(ConsumerRecord<?, ?> record) {
    return record.topic() + "-" + record.partition() + "@" + record.offset();
  }

  private void passedOver(ConsumerRecord<?, ?> record, String cause) {
    Counter.builder("bridle.monitor.view.skipped")
        .description("Records that the live view passed over")
        .baseUnit("records")
        .tag("topic", record.topic())
        .tag("cause", cause)
        .register(meters)
        .increment();
  }
}
