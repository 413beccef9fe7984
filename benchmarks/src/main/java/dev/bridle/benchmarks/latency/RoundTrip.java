package dev.bridle.benchmarks.latency;

import java.time.Duration;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A record sent, and its answer on another topic seen by a read-committed consumer. */
record RoundTrip(Producer<byte[], byte[]> producer, Consumer<byte[], byte[]> answers)
    implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /**
   * Sends and waits.
   *
   * @return nanoseconds from just before the send, so that both hops count, to the answer
   */
  long nanos(
      ProducerRecord<byte[], byte[]> asked, Predicate<ConsumerRecord<byte[], byte[]>> isAnswer) {
    long began = System.nanoTime();
    producer.send(asked);
    while (System.nanoTime() - began < LIMIT.toNanos()) {
      for (ConsumerRecord<byte[], byte[]> record : answers.poll(Duration.ofMillis(100))) {
        if (isAnswer.test(record)) {
          return System.nanoTime() - began;
        }
      }
    }
    throw new IllegalStateException("no answer to a record within " + LIMIT);
  }

  @Override
  public void close() {
    producer.close();
    answers.close();
  }
}
