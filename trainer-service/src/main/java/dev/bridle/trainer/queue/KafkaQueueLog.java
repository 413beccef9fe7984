package dev.bridle.trainer.queue;

import dev.bridle.events.wire.EventJson;
import dev.bridle.events.wire.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;

/** The log as a topic of one partition. Without Kafka it waits; whoever appends never does. */
public final class KafkaQueueLog implements QueueLog {
  private static final Logger LOG = Logger.getLogger(KafkaQueueLog.class);
  private static final TopicPartition PARTITION = new TopicPartition(Topics.QUEUE, 0);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final KafkaConsumer<String, byte[]> consumer;
  private final KafkaProducer<String, byte[]> producer;
  private final ExecutorService sender =
      Executors.newSingleThreadExecutor(task -> daemon(task, "bridle-queue-sender"));
  private volatile boolean closed;

  /**
   * @param kafka settings of all clients, such as {@code bootstrap.servers}
   */
  public KafkaQueueLog(Map<String, Object> kafka) {
    consumer = new KafkaConsumer<>(reading(kafka));
    producer = new KafkaProducer<>(writing(kafka));
  }

  private static Map<String, Object> reading(Map<String, Object> kafka) {
    Map<String, Object> settings = known(kafka, ConsumerConfig.configNames());
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
    settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
    settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 4_000);
    return settings;
  }

  private static Map<String, Object> writing(Map<String, Object> kafka) {
    Map<String, Object> settings = known(kafka, ProducerConfig.configNames());
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 4_000);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 6_000);
    settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
    return settings;
  }

  private static Map<String, Object> known(Map<String, Object> kafka, Iterable<String> names) {
    Map<String, Object> settings = new HashMap<>();
    names.forEach(name -> settings.computeIfAbsent(name, kafka::get));
    return settings;
  }

  @Override
  public void follow(Reader reader) {
    daemon(() -> read(reader), "bridle-queue-reader").start();
  }

  private void read(Reader reader) {
    consumer.assign(List.of(PARTITION));
    consumer.seekToBeginning(List.of(PARTITION));
    boolean caughtUp = false;
    while (!closed) {
      try {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
          read(record, reader);
        }
        if (!caughtUp && consumer.position(PARTITION) >= end()) {
          caughtUp = true;
          reader.caughtUp();
        }
      } catch (WakeupException | InterruptException e) {
        LOG.debug("the queue is no longer read");
      } catch (KafkaException e) {
        LOG.debugf(e, "the queue cannot be read");
        pause();
      }
    }
    consumer.close(Duration.ofSeconds(1));
  }

  private long end() {
    return consumer.endOffsets(List.of(PARTITION)).get(PARTITION);
  }

  private static void read(ConsumerRecord<String, byte[]> record, Reader reader) {
    if (record.value() == null) {
      return;
    }
    try {
      QueueEntry entry = EventJson.mapper().readValue(record.value(), QueueEntry.class);
      reader.read(entry, record.offset());
    } catch (IOException e) {
      LOG.warnf("an entry of the queue at %d is passed over: %s", record.offset(), e.getMessage());
    } catch (RuntimeException e) {
      LOG.errorf(e, "an entry of the queue at %d was not followed", record.offset());
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public CompletableFuture<Long> append(QueueEntry entry) {
    CompletableFuture<Long> place = new CompletableFuture<>();
    sender.execute(() -> send(entry, place));
    return place;
  }

  private void send(QueueEntry entry, CompletableFuture<Long> place) {
    try {
      byte[] value = EventJson.mapper().writerFor(QueueEntry.class).writeValueAsBytes(entry);
      producer.send(
          new ProducerRecord<>(Topics.QUEUE, 0, entry.key(), value),
          (written, problem) -> {
            if (problem == null) {
              place.complete(written.offset());
            } else {
              place.completeExceptionally(problem);
            }
          });
    } catch (IOException | RuntimeException e) {
      place.completeExceptionally(e);
    }
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Sends first what was appended. */
  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    sender.execute(() -> producer.close(Duration.ofSeconds(3)));
    sender.shutdown();
    try {
      sender.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
