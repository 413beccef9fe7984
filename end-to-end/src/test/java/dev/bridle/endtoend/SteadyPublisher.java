package dev.bridle.endtoend;

import dev.bridle.events.TrainingEvent;
import dev.bridle.events.wire.EventCodec;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends events at a steady pace, in their order, as far as it is allowed to. */
final class SteadyPublisher implements AutoCloseable {
  private static final int TICKS_A_SECOND = 50;

  private final Function<TrainingEvent, ProducerRecord<String, byte[]>> format;
  private final List<TrainingEvent> events;
  private final int eventsATick;
  private final KafkaProducer<String, byte[]> producer;
  private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
  private final AtomicInteger stored = new AtomicInteger();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private volatile int limit;
  private int next;

  SteadyPublisher(String bootstrapServers, List<TrainingEvent> events, int eventsASecond) {
    this(bootstrapServers, events, eventsASecond, new EventCodec(URI.create("/load"))::encode);
  }

  SteadyPublisher(
      String bootstrapServers,
      List<TrainingEvent> events,
      int eventsASecond,
      Function<TrainingEvent, ProducerRecord<String, byte[]>> format) {
    this.events = events;
    this.format = format;
    eventsATick = eventsASecond / TICKS_A_SECOND;
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringSerializer(),
            new ByteArraySerializer());
    pace.scheduleAtFixedRate(this::tick, 0, 1000 / TICKS_A_SECOND, TimeUnit.MILLISECONDS);
  }

  /** It may go on until that many are sent, and waits there. */
  void allow(int upTo) {
    limit = upTo;
  }

  /** How many the broker has acknowledged. */
  int stored() {
    if (failure.get() != null) {
      throw new IllegalStateException("the load can't be sent", failure.get());
    }
    return stored.get();
  }

  /** Sends one event out of turn, behind all that was sent to that partition before. */
  void send(TrainingEvent event, int partition) {
    send(format.apply(event), partition);
  }

  void send(ProducerRecord<String, byte[]> record, int partition) {
    producer.send(
        new ProducerRecord<>(
            record.topic(),
            partition,
            record.timestamp(),
            record.key(),
            record.value(),
            record.headers()),
        (at, problem) -> remember(problem));
  }

  private void tick() {
    for (int i = 0; i < eventsATick && next < limit; i++) {
      producer.send(format.apply(events.get(next++)), (at, problem) -> count(problem));
    }
  }

  private void count(Exception problem) {
    remember(problem);
    stored.incrementAndGet();
  }

  private void remember(Exception problem) {
    if (problem != null) {
      failure.set(problem);
    }
  }

  @Override
  public void close() {
    pace.shutdownNow();
    producer.close();
  }
}
