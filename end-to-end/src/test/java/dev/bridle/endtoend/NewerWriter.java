package dev.bridle.endtoend;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bridle.events.TrainingEvent;
import dev.bridle.events.wire.EventCodec;
import dev.bridle.events.wire.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes events as a version to come may: with fields and of types that no reader knows. */
final class NewerWriter {
  private final EventCodec codec = new EventCodec(URI.create("/load"));

  /** By turns of the runs: half of them write by this version's format. */
  ProducerRecord<String, byte[]> byTurns(TrainingEvent event) {
    return event.run().value().hashCode() % 2 == 0 ? codec.encode(event) : withField(event);
  }

  ProducerRecord<String, byte[]> withField(TrainingEvent event) {
    try {
      ProducerRecord<String, byte[]> record = codec.encode(event);
      ObjectNode data = (ObjectNode) EventJson.mapper().readTree(record.value());
      return of(record, EventJson.mapper().writeValueAsBytes(data.put(NextVersion.FIELD, "next")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it says is told by a type that no reader has heard of. */
  ProducerRecord<String, byte[]> ofUnknownType(TrainingEvent event) {
    ProducerRecord<String, byte[]> record = withField(event);
    record.headers().remove("ce_type");
    record
        .headers()
        .add("ce_type", "dev.bridle.checkpoint.written.v1".getBytes(StandardCharsets.UTF_8));
    return record;
  }

  private static ProducerRecord<String, byte[]> of(
      ProducerRecord<String, byte[]> record, byte[] value) {
    return new ProducerRecord<>(
        record.topic(), null, record.timestamp(), record.key(), value, record.headers());
  }
}
