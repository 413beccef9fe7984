package dev.bridle.trainer.checkpoint;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bridle.trainer.model.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Named tensors and texts in the safetensors format, which Python's library of that name reads too:
 * the length of a JSON header (8 bytes, little-endian), the header, the values one tensor after the
 * other. Only F32. Source: https://github.com/huggingface/safetensors#format
 */
record Safetensors(Map<String, String> metadata, Weights tensors) {
  private static final String METADATA = "__metadata__";
  private static final String FLOAT = "F32";
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Entry(String dtype, long[] shape, long[] data_offsets) {}

  byte[] bytes() {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put(METADATA, metadata);
    long end = 0;
    for (Weights.Tensor tensor : tensors.tensors().values()) {
      long begin = end;
      end += (long) Float.BYTES * tensor.values().length;
      header.put(tensor.name(), new Entry(FLOAT, tensor.shape(), new long[] {begin, end}));
    }
    byte[] json = written(header);
    ByteBuffer file =
        ByteBuffer.allocate(Math.toIntExact(Long.BYTES + json.length + end))
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(json.length)
            .put(json);
    for (Weights.Tensor tensor : tensors.tensors().values()) {
      file.asFloatBuffer().put(tensor.values());
      file.position(file.position() + Float.BYTES * tensor.values().length);
    }
    return file.array();
  }

  /**
   * @throws UncheckedIOException if the bytes are of another format, or cut off
   */
  static Safetensors of(byte[] bytes) {
    try {
      ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      int length = Math.toIntExact(file.getLong());
      Map<String, Object> header =
          JSON.readValue(bytes, Long.BYTES, length, new TypeReference<>() {});
      Map<String, String> metadata =
          JSON.convertValue(header.remove(METADATA), new TypeReference<>() {});
      Map<String, Weights.Tensor> tensors = new LinkedHashMap<>();
      for (Map.Entry<String, Object> named : header.entrySet()) {
        Entry entry = JSON.convertValue(named.getValue(), Entry.class);
        long[] range = entry.data_offsets();
        float[] values = new float[Math.toIntExact((range[1] - range[0]) / Float.BYTES)];
        file.position(Math.toIntExact(Long.BYTES + length + range[0]));
        file.asFloatBuffer().get(values);
        tensors.put(named.getKey(), new Weights.Tensor(named.getKey(), entry.shape(), values));
      }
      return new Safetensors(metadata, new Weights(tensors));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      throw new UncheckedIOException(
          new IOException("%d bytes are no safetensors file".formatted(bytes.length), e));
    }
  }

  /** Padded by spaces, as the format wants the values aligned to 8 bytes. */
  private static byte[] written(Map<String, Object> header) {
    try {
      byte[] json = JSON.writeValueAsBytes(header);
      int padded = (json.length + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
      byte[] text = Arrays.copyOf(json, padded);
      Arrays.fill(text, json.length, padded, (byte) ' ');
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
