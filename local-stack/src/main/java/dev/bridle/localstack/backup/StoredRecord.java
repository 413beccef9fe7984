package dev.bridle.localstack.backup;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A record as bytes: partition, timestamp, key, value, headers; an absent one has the length -1.
 */
final class StoredRecord {
  private StoredRecord() {}

  static void write(DataOutputStream to, ConsumerRecord<byte[], byte[]> record) throws IOException {
    to.writeInt(record.partition());
    to.writeLong(record.timestamp());
    write(to, record.key());
    write(to, record.value());
    Header[] headers = record.headers().toArray();
    to.writeInt(headers.length);
    for (Header header : headers) {
      to.writeUTF(header.key());
      write(to, header.value());
    }
  }

  static ProducerRecord<byte[], byte[]> read(DataInputStream from, String topic)
      throws IOException {
    int partition = from.readInt();
    long timestamp = from.readLong();
    byte[] key = bytes(from);
    byte[] value = bytes(from);
    Headers headers = new RecordHeaders();
    for (int left = from.readInt(); left > 0; left--) {
      headers.add(from.readUTF(), bytes(from));
    }
    return new ProducerRecord<>(topic, partition, timestamp, key, value, headers);
  }

  private static void write(DataOutputStream to, byte[] bytes) throws IOException {
    to.writeInt(bytes == null ? -1 : bytes.length);
    if (bytes != null) {
      to.write(bytes);
    }
  }

  private static byte[] bytes(DataInputStream from) throws IOException {
    int length = from.readInt();
    return length < 0 ? null : from.readNBytes(length);
  }
}
