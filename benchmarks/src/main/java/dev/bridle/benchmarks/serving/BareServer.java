package dev.bridle.benchmarks.serving;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.Unpooled;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the service is compared with: ONNX Runtime called by a Vert.x handler, on an event loop for
 * each processor. It does the protocol's work of one kind of request, whose one input's bytes
 * follow the JSON, and checks of it what it needs to answer rightly; it knows one model, and
 * neither callers, limits, meters, batches nor versions.
 */
public final class BareServer extends AbstractVerticle {
  private static final String LENGTH = "Inference-Header-Content-Length";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final int port;

  private BareServer(OrtSession session, int port) {
    this.session = session;
    this.port = port;
  }

  /**
   * @param arguments the model's file, the port
   */
  public static void main(String[] arguments) throws OrtException, IOException {
    byte[] onnx = Files.readAllBytes(Path.of(arguments[0]));
    int port = Integer.parseInt(arguments[1]);
    int loops = Runtime.getRuntime().availableProcessors();
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops));
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      OrtSession session = OrtEnvironment.getEnvironment().createSession(onnx, options);
      vertx
          .deployVerticle(
              () -> new BareServer(session, port), new DeploymentOptions().setInstances(loops))
          .onSuccess(started -> System.out.println("ready"))
          .onFailure(
              e -> {
                e.printStackTrace();
                System.exit(1);
              });
    }
  }

  @Override
  public void start(Promise<Void> started) {
    vertx
        .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(port))
        .requestHandler(request -> request.body().onSuccess(body -> answer(request, body)))
        .listen()
        .<Void>mapEmpty()
        .onComplete(started);
  }

  private void answer(HttpServerRequest request, Buffer body) {
    try {
      int length = Integer.parseInt(request.getHeader(LENGTH));
      JsonNode asked = JSON.readTree(body.getBytes(0, length));
      JsonNode input = asked.required("inputs").required(0);
      long[] shape = shape(input);
      int size = input.required("parameters").required("binary_data_size").intValue();
      if (!input.required("datatype").textValue().equals("FP32")
          || size != shape[0] * shape[1] * Float.BYTES
          || size != body.length() - length) {
        throw new IllegalArgumentException("FP32 of " + size + " bytes");
      }
      ByteBuffer data = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
      body.getByteBuf().getBytes(length, data);
      data.flip();
      respond(request, asked.path("id").asText(), data.asFloatBuffer(), shape);
    } catch (IOException | OrtException | RuntimeException e) {
      request.response().setStatusCode(400).end(e.toString());
    }
  }

  private static long[] shape(JsonNode input) {
    JsonNode shape = input.required("shape");
    return new long[] {shape.required(0).longValue(), shape.required(1).longValue()};
  }

  private void respond(HttpServerRequest request, String id, FloatBuffer data, long[] shape)
      throws OrtException, IOException {
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, data, shape);
        OrtSession.Result result = session.run(Map.of(ServedNetwork.INPUT, tensor))) {
      OnnxTensor answer = (OnnxTensor) result.get(0);
      ByteBuffer bytes = answer.getByteBuffer();
      byte[] json = json(id, answer.getInfo().getShape(), bytes.remaining());
      request
          .response()
          .putHeader("Content-Type", "application/octet-stream")
          .putHeader(LENGTH, Integer.toString(json.length))
          .end(
              Buffer.buffer(json.length + bytes.remaining())
                  .appendBytes(json)
                  .appendBuffer(Buffer.buffer(Unpooled.wrappedBuffer(bytes))));
    }
  }

  private static byte[] json(String id, long[] shape, int size) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.getFactory().createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("model_name", "mlp");
      json.writeStringField("model_version", "1");
      json.writeStringField("id", id);
      json.writeArrayFieldStart("outputs");
      json.writeStartObject();
      json.writeStringField("name", ServedNetwork.OUTPUT);
      json.writeStringField("datatype", "FP32");
      json.writeFieldName("shape");
      json.writeArray(shape, 0, shape.length);
      json.writeObjectFieldStart("parameters");
      json.writeNumberField("binary_data_size", size);
      json.writeEndObject();
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }
}
