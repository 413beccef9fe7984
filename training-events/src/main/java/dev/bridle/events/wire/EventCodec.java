package dev.bridle.events.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import dev.bridle.events.TrainingEvent;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import java.io.IOException;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Events to and from Kafka records: CloudEvents 1.0, binary mode, JSON data, keyed by run. */
public final class EventCodec {
  private final URI source;

  /**
   * @param source who says it, the {@code ce_source} of what is encoded: {@code /bridle/monitor}
   */
  public EventCodec(URI source) {
    this.source = source;
  }

  /** The record that carries the event on its own topic. */
  public ProducerRecord<String, byte[]> encode(TrainingEvent event) {
    EventType type = EventType.of(event);
    CloudEvent cloudEvent =
        CloudEventBuilder.v1()
            .withId(event.identity())
            .withSource(source)
            .withType(type.cloudEventsType())
            .withSubject(event.run().value())
            .withTime(event.time().atOffset(ZoneOffset.UTC))
            .withData("application/json", json(event))
            .build();
    return KafkaMessageFactory.<String>createWriter(
            type.topic(), null, event.time().toEpochMilli(), event.run().value())
        .writeBinary(cloudEvent);
  }

  /**
   * Reads an event of any version.
   *
   * @return empty for a type that only a newer version knows: to be counted and passed over
   * @throws MalformedEventException if it isn't a CloudEvent, or its data breaks the record's rules
   */
  public static Optional<TrainingEvent> decode(Headers headers, byte[] value) {
    Envelope envelope = envelope(headers, value);
    Optional<EventType> type = EventType.of(envelope.type());
    if (type.isEmpty()) {
      return Optional.empty();
    }
    if (value == null || value.length == 0) {
      throw new MalformedEventException(envelope.type() + " without data");
    }
    TrainingEvent event = event(type.get(), envelope.data());
    if (envelope.subject() != null && !envelope.subject().equals(event.run().value())) {
      throw new MalformedEventException(
          "subject should equal run '%s': was '%s'".formatted(event.run(), envelope.subject()));
    }
    return Optional.of(event);
  }

  private static Envelope envelope(Headers headers, byte[] value) {
    refuseHeadersWithoutValue(headers);
    try {
      return KafkaMessageFactory.createReader(headers, value).read(Envelope.Writer::new);
    } catch (CloudEventRWException | IllegalStateException | IllegalArgumentException e) {
      throw new MalformedEventException("not a CloudEvent: " + e.getMessage(), e);
    }
  }

  /** Kafka allows them, and others' are none of our business; on these the reader would fail. */
  private static void refuseHeadersWithoutValue(Headers headers) {
    for (Header header : headers) {
      boolean read = header.key().startsWith("ce_") || header.key().equals("content-type");
      if (read && header.value() == null) {
        throw new MalformedEventException("header '" + header.key() + "' without a value");
      }
    }
  }

  private static TrainingEvent event(EventType type, byte[] json) {
    try {
      TrainingEvent event = EventJson.mapper().readValue(json, type.record());
      if (event == null) {
        throw new MalformedEventException(type.cloudEventsType() + " without data");
      }
      return event;
    } catch (JsonMappingException e) {
      throw new MalformedEventException(
          "%s, field '%s': %s".formatted(type.cloudEventsType(), path(e), plain(e)), e);
    } catch (IOException e) {
      throw new MalformedEventException("data is not JSON: " + e.getMessage(), e);
    }
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(at -> at.getFieldName() == null ? String.valueOf(at.getIndex()) : at.getFieldName())
        .collect(Collectors.joining("."));
  }

  private static String plain(JsonMappingException e) {
    return e.getCause() instanceof IllegalArgumentException cause
        ? cause.getMessage()
        : e.getOriginalMessage();
  }

  private static byte[] json(TrainingEvent event) {
    try {
      return EventJson.mapper().writeValueAsBytes(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event that has no JSON: " + event, e);
    }
  }
}
