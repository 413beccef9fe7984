package dev.bridle.events.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bridle.events.ControlSignal;
import dev.bridle.events.Event;
import dev.bridle.events.ServingEvent;
import dev.bridle.events.TrainingEvent;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {
  private final EventCodec codec = new EventCodec(URI.create("/bridle/test"));

  @ParameterizedTest
  @EnumSource
  void writesExactlyTheGoldenFile(EventType type) throws Exception {
    JsonNode written = EventJson.mapper().readTree(codec.encode(EventSamples.full(type)).value());

    assertThat(written).isEqualTo(EventJson.mapper().readTree(golden(type, "")));
  }

  @ParameterizedTest
  @EnumSource
  void readsTheGoldenFileBack(EventType type) throws Exception {
    assertThat(EventCodec.decode(headers(type), golden(type, ""), Event.class))
        .contains(EventSamples.full(type));
  }

  @ParameterizedTest
  @EnumSource
  void readsAnOldEventThatLacksWhatCameLater(EventType type) throws Exception {
    assertThat(EventCodec.decode(headers(type), golden(type, ".old"), Event.class))
        .get()
        .isInstanceOf(type.record())
        .extracting(Event::subject)
        .isEqualTo(EventSamples.subject(type));
  }

  @ParameterizedTest
  @EnumSource
  void ignoresFieldsOfANewerVersion(EventType type) throws Exception {
    assertThat(EventCodec.decode(headers(type), golden(type, ".unknown"), Event.class))
        .contains(EventSamples.full(type));
  }

  @ParameterizedTest
  @EnumSource
  void isACloudEventInBinaryModeKeyedByWhatItIsAbout(EventType type) {
    Event event = EventSamples.full(type);

    ProducerRecord<String, byte[]> record = codec.encode(event);

    assertThat(record.topic()).isEqualTo(type.topic());
    assertThat(record.key()).isEqualTo(EventSamples.subject(type));
    assertThat(record.timestamp()).isEqualTo(EventSamples.TIME.toEpochMilli());
    assertThat(texts(record.headers()))
        .containsEntry("ce_specversion", "1.0")
        .containsEntry("ce_id", event.identity())
        .containsEntry("ce_source", "/bridle/test")
        .containsEntry("ce_type", type.cloudEventsType())
        .containsEntry("ce_subject", EventSamples.subject(type))
        .containsEntry("ce_time", "2026-11-23T06:00:00.123Z")
        .containsEntry("content-type", "application/json");
  }

  @Test
  void identitiesTellEventsApart() {
    assertThat(Stream.of(EventType.values()).map(EventSamples::full))
        .extracting(Event::identity)
        .doesNotHaveDuplicates();
  }

  @Test
  void passesOverATypeThatOnlyANewerVersionKnows() {
    assertThat(EventCodec.decode(headers("dev.bridle.run.forked.v1"), "{}".getBytes(UTF_8)))
        .isEmpty();
  }

  @Test
  void keepsWhatANewerMonitorAsksForUnderstandableEnoughToRefuse() {
    String json =
        new String(codec.encode(EventSamples.full(EventType.SIGNAL_ISSUED)).value(), UTF_8)
            .replace("stopTraining", "growMoreLayers");

    assertThat(EventCodec.decode(headers(EventType.SIGNAL_ISSUED), json.getBytes(UTF_8)))
        .get()
        .hasFieldOrPropertyWithValue("signal", new ControlSignal.Unrecognized());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "not json | data is not JSON",
        "null | without data",
        "{} | run is required",
        "{\"run\":\"a\",\"attempt\":1,\"epoch\":0,\"metrics\":{\"x\":1},\"time\":\"2026-01-01T00:00:00Z\"}"
            + " | epoch should be at least 1: was 0",
        "{\"run\":\"a\",\"attempt\":1,\"epoch\":1,\"metrics\":{},\"time\":\"2026-01-01T00:00:00Z\"}"
            + " | metrics should not be empty",
        "{\"run\":\"a\",\"attempt\":1,\"epoch\":1,\"metrics\":{\"x\":\"high\"},\"time\":\"2026-01-01T00:00:00Z\"}"
            + " | metrics",
        "{\"run\":\"a/b\",\"attempt\":1,\"epoch\":1,\"metrics\":{\"x\":1},\"time\":\"2026-01-01T00:00:00Z\"}"
            + " | was 'a/b'",
        "{\"run\":\"a\",\"attempt\":1,\"epoch\":1,\"metrics\":{\"x\":1},\"time\":\"yesterday\"}"
            + " | time",
      })
  void saysWhatIsWrongWithAMalformedEvent(String json, String reason) {
    assertThatThrownBy(
            () ->
                EventCodec.decode(
                    headers(EventType.EPOCH_COMPLETED.cloudEventsType(), "a"),
                    json.getBytes(UTF_8)))
        .isInstanceOf(MalformedEventException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void refusesARecordThatIsNoCloudEvent() {
    assertThatThrownBy(() -> EventCodec.decode(new RecordHeaders(), "{}".getBytes(UTF_8)))
        .isInstanceOf(MalformedEventException.class)
        .hasMessageContaining("not a CloudEvent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ce_specversion", "ce_id", "ce_type", "ce_subject", "content-type"})
  void refusesAHeaderWithoutAValue(String name) throws Exception {
    Headers headers = headers(EventType.EPOCH_COMPLETED).remove(name).add(name, null);
    byte[] value = golden(EventType.EPOCH_COMPLETED, "");

    assertThatThrownBy(() -> EventCodec.decode(headers, value))
        .isInstanceOf(MalformedEventException.class)
        .hasMessage("header '" + name + "' without a value");
  }

  @Test
  void readsARecordWhoseForeignHeaderHasNoValue() throws Exception {
    Headers headers = headers(EventType.EPOCH_COMPLETED).add("traceparent", null);

    assertThat(EventCodec.decode(headers, golden(EventType.EPOCH_COMPLETED, ""), Event.class))
        .contains(EventSamples.full(EventType.EPOCH_COMPLETED));
  }

  @Test
  void refusesASubjectThatIsNotTheRun() {
    byte[] value = codec.encode(EventSamples.full(EventType.EPOCH_COMPLETED)).value();

    assertThatThrownBy(
            () ->
                EventCodec.decode(
                    headers(EventType.EPOCH_COMPLETED.cloudEventsType(), "other"), value))
        .hasMessageContaining("subject should equal run 'digits-k3f9qa': was 'other'");
  }

  @Test
  void whatAServedModelSaysIsPassedOverByReadersOfRuns() throws Exception {
    Headers headers = headers(EventType.PREDICTION_MADE);
    byte[] value = golden(EventType.PREDICTION_MADE, "");

    assertThat(EventCodec.decode(headers, value)).isEmpty();
    assertThat(EventCodec.decode(headers, value, TrainingEvent.class)).isEmpty();
    assertThat(EventCodec.decode(headers, value, ServingEvent.class)).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"model\":\"../m\",\"id\":\"a\",\"labels\":[1]} | was '../m'",
        "{\"model\":\"m\",\"labels\":[1]} | id is required",
        "{\"model\":\"m\",\"id\":\"a\"} | labels is required",
        "{\"model\":\"m\",\"id\":\"a\",\"labels\":[]} | labels should not be empty",
        "{\"model\":\"m\",\"id\":\"a\",\"labels\":[\"NaN\"]} | one was NaN",
        "{\"model\":\"m\",\"id\":\"a\",\"labels\":[null]} | labels",
        "{\"model\":\"m\",\"id\":\"a\",\"labels\":[1]} | time is required",
      })
  void saysWhatIsWrongWithLabels(String json, String reason) {
    assertThatThrownBy(
            () ->
                EventCodec.decode(
                    headers(EventType.PREDICTION_LABELED.cloudEventsType(), "m"),
                    json.getBytes(UTF_8),
                    ServingEvent.class))
        .isInstanceOf(MalformedEventException.class)
        .hasMessageContaining(reason);
  }

  private static Headers headers(EventType type) {
    return headers(type.cloudEventsType(), EventSamples.subject(type));
  }

  private static Headers headers(String type) {
    return headers(type, EventSamples.RUN.value());
  }

  private static Headers headers(String type, String subject) {
    Headers headers = new RecordHeaders();
    Map.of(
            "ce_specversion", "1.0",
            "ce_id", "some",
            "ce_source", "/somewhere",
            "ce_type", type,
            "ce_subject", subject,
            "content-type", "application/json")
        .forEach((key, value) -> headers.add(key, value.getBytes(UTF_8)));
    return headers;
  }

  private static Map<String, String> texts(Headers headers) {
    return Stream.of(headers.toArray())
        .collect(
            Collectors.toMap(header -> header.key(), header -> new String(header.value(), UTF_8)));
  }

  private static byte[] golden(EventType type, String variant) throws Exception {
    String file = "/golden/" + type.cloudEventsType() + variant + ".json";
    try (InputStream json = EventCodecTest.class.getResourceAsStream(file)) {
      assertThat(json).as(file).isNotNull();
      return json.readAllBytes();
    }
  }
}
