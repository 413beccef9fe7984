package dev.bridle.trainer.stream;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** A Kafka record as the spool keeps it. */
record SpooledRecord(String topic, String key, long timestamp, Headers headers, byte[] value) {
  private static final int FORMAT = 1;

  static SpooledRecord of(ProducerRecord<String, byte[]> record) {
    return new SpooledRecord(
        record.topic(), record.key(), record.timestamp(), record.headers(), record.value());
  }

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeUTF(topic);
      out.writeBoolean(key != null);
      out.writeUTF(key == null ? "" : key);
      out.writeLong(timestamp);
      Header[] all = headers.toArray();
      out.writeInt(all.length);
      for (Header header : all) {
        out.writeUTF(header.key());
        write(out, header.value());
      }
      write(out, value);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  static SpooledRecord fromBytes(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int format = in.readByte();
      if (format != FORMAT) {
        throw new IllegalStateException("spool format should be " + FORMAT + ": was " + format);
      }
      String topic = in.readUTF();
      boolean hasKey = in.readBoolean();
      String key = in.readUTF();
      long timestamp = in.readLong();
      Headers headers = new RecordHeaders();
      for (int left = in.readInt(); left > 0; left--) {
        headers.add(in.readUTF(), read(in));
      }
      return new SpooledRecord(topic, hasKey ? key : null, timestamp, headers, read(in));
    } catch (IOException e) {
      throw new UncheckedIOException("a torn record in the spool", e);
    }
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes == null ? -1 : bytes.length);
    if (bytes != null) {
      out.write(bytes);
    }
  }

  private static byte[] read(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length < 0 ? null : in.readNBytes(length);
  }
}
