package dev.bridle.monitor.stream;

import dev.bridle.events.wire.DeadLetter;
import dev.bridle.events.wire.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Forwards malformed records to their topic's twin, unchanged but for where they lay and why. */
final class DeadLetters {
  private final ProcessorContext<byte[], byte[]> context;
  private final MonitorMeters meters;

  DeadLetters(ProcessorContext<byte[], byte[]> context, MonitorMeters meters) {
    this.context = context;
    this.meters = meters;
  }

  /** Of a record from a topic; the sink bears the twin's name. */
  void bury(Record<byte[], byte[]> record, String reason) {
    RecordMetadata at = context.recordMetadata().orElseThrow();
    Headers headers = new RecordHeaders(record.headers().toArray());
    add(headers, DeadLetter.REASON, reason);
    add(headers, DeadLetter.TOPIC, at.topic());
    add(headers, DeadLetter.PARTITION, String.valueOf(at.partition()));
    add(headers, DeadLetter.OFFSET, String.valueOf(at.offset()));
    context.forward(record.withHeaders(headers), Topics.deadLetters(at.topic()));
    meters.deadLetter(at.topic());
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
