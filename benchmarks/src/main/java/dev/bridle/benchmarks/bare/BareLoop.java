package dev.bridle.benchmarks.bare;

import dev.bridle.benchmarks.bed.KafkaClients;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What the monitor is compared with: a loop that does with Kafka's plain clients what its topology
 * has them do, and nothing else. It reads, writes so many records of so many bytes, and commits at
 * the same interval, in a transaction or not.
 *
 * <p>{@code BareLoop BOOTSTRAP INPUT GUARANTEE COMMIT_MILLIS LINGER_MILLIS OUTPUT...}
 */
public final class BareLoop {
  private static final Duration POLL = Duration.ofMillis(10);

  /** As the monitor's. */
  private static final int BATCH = 65_536;

  private final Consumer<byte[], byte[]> consumer;
  private final Producer<byte[], byte[]> producer;
  private final boolean transactional;
  private final long commitNanos;
  private final List<Output> outputs;
  private final byte[][] values;
  private final double[] due;
  private final Map<TopicPartition, OffsetAndMetadata> taken = new HashMap<>();

  private BareLoop(
      KafkaClients clients,
      String input,
      Guarantee guarantee,
      Duration commitInterval,
      int lingerMillis,
      List<Output> outputs) {
    transactional = guarantee == Guarantee.EXACTLY_ONCE;
    commitNanos = commitInterval.toNanos();
    this.outputs = outputs;
    values = new byte[outputs.size()][];
    due = new double[outputs.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = new byte[outputs.get(i).bytes()];
      new Random(i).nextBytes(values[i]);
    }
    consumer = clients.consumer(Map.of("group.id", group(input), "max.poll.records", 1_000));
    consumer.subscribe(List.of(input));
    Map<String, Object> settings =
        new HashMap<>(Map.of("linger.ms", lingerMillis, "batch.size", BATCH));
    if (transactional) {
      settings.put("transactional.id", input + "-bare");
    }
    producer = clients.producer(settings);
    if (transactional) {
      producer.initTransactions();
    }
  }

  /** Loops until the process is ended. */
  public static void main(String[] arguments) {
    BareLoop loop =
        new BareLoop(
            new KafkaClients(arguments[0]),
            arguments[1],
            Guarantee.valueOf(arguments[2]),
            Duration.ofMillis(Long.parseLong(arguments[3])),
            Integer.parseInt(arguments[4]),
            Arrays.stream(arguments).skip(5).map(Output::parse).toList());
    System.out.println("ready");
    loop.run();
  }

  /** The group in which it reads that topic. */
  public static String group(String input) {
    return input + "-bare";
  }

  private void run() {
    long lastCommit = System.nanoTime();
    while (true) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        take(record);
      }
      if (System.nanoTime() - lastCommit > commitNanos) {
        commit();
        lastCommit = System.nanoTime();
      }
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (taken.isEmpty() && transactional) {
      producer.beginTransaction();
    }
    for (int i = 0; i < values.length; i++) {
      for (due[i] += outputs.get(i).perRecord(); due[i] >= 1; due[i]--) {
        producer.send(
            new ProducerRecord<>(
                outputs.get(i).topic(), record.partition(), record.key(), values[i]));
      }
    }
    taken.put(
        new TopicPartition(record.topic(), record.partition()),
        new OffsetAndMetadata(record.offset() + 1));
  }

  private void commit() {
    if (taken.isEmpty()) {
      return;
    }
    if (transactional) {
      producer.sendOffsetsToTransaction(taken, consumer.groupMetadata());
      producer.commitTransaction();
    } else {
      producer.flush();
      consumer.commitSync(taken);
    }
    taken.clear();
  }
}
