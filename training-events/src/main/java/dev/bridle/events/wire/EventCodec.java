package dev.bridle.events.wire;

import com.fasterxml.jackson.databind.JsonMappingException;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.Event;
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

/** Events to and from Kafka records: CloudEvents 1.0, binary mode, JSON data, keyed by subject. */
public final class EventCodec {
  private final URI source;

  /**
   * @param source who says it, the {@code ce_source} of what is encoded: {@code /bridle/monitor}
   */
  public EventCodec(URI source) {
    this.source = source;
  }

  /** The record that carries the event on its own topic. */
  public ProducerRecord<String, byte[]> encode(Event event) {
    EventType type = EventType.of(event);
    CloudEvent cloudEvent =
        CloudEventBuilder.v1()
            .withId(event.identity())
            .withSource(source)
            .withType(type.cloudEventsType())
            .withSubject(event.subject())
            .withTime(event.time().atOffset(ZoneOffset.UTC))
            .withData("application/json", EventJson.written(event))
            .build();
    return KafkaMessageFactory.<String>createWriter(
            type.topic(), null, event.time().toEpochMilli(), event.subject())
        .writeBinary(cloudEvent);
  }

  /** Reads an event about a run, of any version. */
  public static Optional<TrainingEvent> decode(Headers headers, byte[] value) {
    return decode(headers, value, TrainingEvent.class);
  }

  /**
   * Reads an event of any version.
   *
   * @return empty for a type that only a newer version knows, or that isn't of the kind: to be
   *     counted and passed over
   * @throws MalformedEventException if it isn't a CloudEvent, or its data breaks the record's rules
   */
  public static <E extends Event> Optional<E> decode(Headers headers, byte[] value, Class<E> kind) {
    Envelope envelope = envelope(headers, value);
    Optional<EventType> type =
        EventType.of(envelope.type()).filter(known -> kind.isAssignableFrom(known.record()));
    if (type.isEmpty()) {
      return Optional.empty();
    }
    if (value == null || value.length == 0) {
      throw new MalformedEventException(envelope.type() + " without data");
    }
    Event event = event(type.get(), envelope.data());
    if (envelope.subject() != null && !envelope.subject().equals(event.subject())) {
      throw new MalformedEventException(
          "subject should equal %s '%s': was '%s'"
              .formatted(
                  event instanceof TrainingEvent ? "run" : "model",
                  event.subject(),
                  envelope.subject()));
    }
    return Optional.of(kind.cast(event));
  }

  private static Envelope envelope(Headers headers, byte[] value) {
    Optional<Envelope> usual = Envelope.plain(headers, value);
    if (usual.isPresent()) {
      return usual.get();
    }
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

  private static Event event(EventType type, byte[] json) {
    if (type == EventType.EPOCH_COMPLETED) {
      Optional<EpochCompleted> usual = EpochReader.read(json);
      if (usual.isPresent()) {
        return usual.get();
      }
    }
    try {
      Event event = EventJson.mapper().readValue(json, type.record());
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
}
