package dev.bridle.inference.protocol;

import static dev.bridle.inference.protocol.ProtocolException.badRequest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.bridle.inference.engine.Datatype;
import dev.bridle.inference.engine.Tensor;
import dev.bridle.inference.engine.Texts;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.OptionalInt;

/**
 * An answer as JSON, the binary outputs' bytes behind it.
 *
 * @param json the length of the JSON, where bytes follow it
 */
record RestAnswer(byte[] body, OptionalInt json) {
  /** Says where a request's, or an answer's, JSON ends and its bytes begin. */
  static final String LENGTH = "Inference-Header-Content-Length";

  private static final JsonFactory JSON = new JsonFactory();

  static RestAnswer of(InferAnswer answer) {
    byte[] json = json(answer);
    if (answer.binary().isEmpty()) {
      return new RestAnswer(json, OptionalInt.empty());
    }
    int size = json.length;
    for (String output : answer.binary()) {
      size += answer.outputs().get(output).data().remaining();
    }
    ByteBuffer body = ByteBuffer.allocate(size).put(json);
    answer
        .outputs()
        .forEach(
            (name, tensor) -> {
              if (answer.binary().contains(name)) {
                body.put(tensor.data().duplicate());
              }
            });
    return new RestAnswer(body.array(), OptionalInt.of(json.length));
  }

  String mediaType() {
    return json.isEmpty() ? MediaType.APPLICATION_JSON : MediaType.APPLICATION_OCTET_STREAM;
  }

  Response response() {
    Response.ResponseBuilder response = Response.ok(body, mediaType());
    json.ifPresent(length -> response.header(LENGTH, length));
    return response.build();
  }

  private static byte[] json(InferAnswer answer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("model_name", answer.model().model());
      json.writeStringField("model_version", Long.toString(answer.model().version()));
      json.writeStringField("id", answer.id());
      json.writeObjectFieldStart("parameters");
      for (Map.Entry<String, Object> parameter : answer.parameters().entrySet()) {
        json.writeFieldName(parameter.getKey());
        json.writePOJO(parameter.getValue());
      }
      json.writeEndObject();
      json.writeArrayFieldStart("outputs");
      for (Map.Entry<String, Tensor> output : answer.outputs().entrySet()) {
        boolean binary = answer.binary().contains(output.getKey());
        write(output.getKey(), output.getValue(), binary, json);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("an answer that has no JSON", e);
    }
    return bytes.toByteArray();
  }

  private static void write(String name, Tensor tensor, boolean binary, JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("name", name);
    json.writeStringField("datatype", tensor.datatype().name());
    json.writeArrayFieldStart("shape");
    for (long dimension : tensor.shape()) {
      json.writeNumber(dimension);
    }
    json.writeEndArray();
    if (binary) {
      json.writeObjectFieldStart("parameters");
      json.writeNumberField("binary_data_size", tensor.data().remaining());
      json.writeEndObject();
    } else {
      json.writeArrayFieldStart("data");
      data(name, tensor, json);
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void data(String name, Tensor tensor, JsonGenerator json) throws IOException {
    if (tensor.datatype() == Datatype.FP16) {
      throw badRequest("output '%s' should be asked for as binary data: FP16 has no JSON", name);
    }
    if (tensor.datatype() == Datatype.BYTES) {
      for (String text : Texts.decoded(tensor.data())) {
        json.writeString(text);
      }
      return;
    }
    ByteBuffer data = tensor.data().duplicate().order(ByteOrder.nativeOrder());
    while (data.hasRemaining()) {
      switch (tensor.datatype()) {
        case BOOL -> json.writeBoolean(data.get() != 0);
        case UINT8 -> json.writeNumber(Byte.toUnsignedInt(data.get()));
        case UINT16 -> json.writeNumber(Short.toUnsignedInt(data.getShort()));
        case UINT32 -> json.writeNumber(Integer.toUnsignedLong(data.getInt()));
        case UINT64 -> json.writeNumber(new BigInteger(Long.toUnsignedString(data.getLong())));
        case INT8 -> json.writeNumber(data.get());
        case INT16 -> json.writeNumber(data.getShort());
        case INT32 -> json.writeNumber(data.getInt());
        case INT64 -> json.writeNumber(data.getLong());
        case FP64 -> json.writeNumber(data.getDouble());
        default -> json.writeNumber(data.getFloat());
      }
    }
  }
}
