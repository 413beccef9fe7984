package dev.bridle.inference.testing;

import dev.bridle.events.ModelExported;
import dev.bridle.events.RunId;
import dev.bridle.events.wire.EventCodec;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Says on the topic what a trainer says. */
public final class Announcer implements AutoCloseable {
  private final KafkaProducer<String, byte[]> producer;
  private final EventCodec codec = new EventCodec(URI.create("/bridle/test"));

  public Announcer(String bootstrapServers) {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /** Announces the model under its true checksum. */
  public void announce(String model, long version, URI uri, byte[] onnx) {
    announce(model, version, uri, onnx, sha256(onnx));
  }

  public void announce(String model, long version, URI uri, byte[] onnx, String sha256) {
    send(
        codec.encode(
            new ModelExported(
                new RunId("run-" + model + "-" + version),
                1,
                model,
                version,
                uri,
                sha256,
                onnx.length,
                1,
                Map.of(),
                Instant.parse("2026-01-01T00:00:00Z"))));
  }

  public void send(ProducerRecord<String, byte[]> record) {
    try {
      producer.send(record).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
