package dev.bridle.inference.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.bridle.inference.engine.Tensor;
import dev.bridle.inference.repository.ModelVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The answer to an infer request.
 *
 * @param samples T; 0 for a deterministic answer
 * @param seed the one given, or the one drawn; empty for a deterministic answer
 * @param outputs in the order asked for, or in the model's
 */
record InferAnswer(
    ModelVersion model,
    String sha256,
    String id,
    int samples,
    OptionalLong seed,
    Map<String, Tensor> outputs) {
  private static final JsonFactory JSON = new JsonFactory();

  byte[] json() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("model_name", model.model());
      json.writeStringField("model_version", Long.toString(model.version()));
      json.writeStringField("id", id);
      json.writeObjectFieldStart("parameters");
      if (seed.isPresent()) {
        json.writeNumberField("mc_samples_used", samples);
        json.writeNumberField("mc_seed", seed.getAsLong());
        json.writeStringField("mc_method", "sample");
      }
      json.writeStringField("model_sha256", sha256);
      json.writeEndObject();
      json.writeArrayFieldStart("outputs");
      for (Map.Entry<String, Tensor> output : outputs.entrySet()) {
        write(output.getKey(), output.getValue(), json);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("an answer that has no JSON", e);
    }
    return bytes.toByteArray();
  }

  private static void write(String name, Tensor tensor, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", name);
    json.writeStringField("datatype", tensor.datatype().name());
    json.writeArrayFieldStart("shape");
    for (long dimension : tensor.shape()) {
      json.writeNumber(dimension);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("data");
    ByteBuffer data = tensor.data().duplicate().order(ByteOrder.nativeOrder());
    while (data.hasRemaining()) {
      switch (tensor.datatype()) {
        case BOOL -> json.writeBoolean(data.get() != 0);
        case UINT8 -> json.writeNumber(Byte.toUnsignedInt(data.get()));
        case INT8 -> json.writeNumber(data.get());
        case INT16 -> json.writeNumber(data.getShort());
        case INT32 -> json.writeNumber(data.getInt());
        case INT64 -> json.writeNumber(data.getLong());
        case FP64 -> json.writeNumber(data.getDouble());
        default -> json.writeNumber(data.getFloat());
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
