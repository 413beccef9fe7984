package dev.bridle.benchmarks.uci;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bridle.benchmarks.bed.Await;
import dev.bridle.benchmarks.bed.Service;
import dev.bridle.localstack.service.JsonClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;

/** Models of the inference service, asked over the Open Inference Protocol for their samples. */
record Served(Service inference, HttpClient http) {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String HEADER_LENGTH = "Inference-Header-Content-Length";

  Served(Service inference) {
    this(inference, HttpClient.newHttpClient());
  }

  void awaitReady(String model) {
    Await.until(
        "the model " + model,
        PATIENCE,
        () -> {
          inference.process().requireAlive();
          return inference.client().isReady("/v2/models/" + model + "/ready");
        });
  }

  /** Leaves room for the next. */
  void unload(String model) {
    inference.client().send("/v2/repository/models/" + model + "/unload", "{}");
  }

  /** The answers of so many sub-networks, [samples, rows]. */
  float[] samples(String model, Observations rows, int samples, long seed) {
    ObjectNode request = JsonClient.JSON.createObjectNode();
    request
        .putObject("parameters")
        .put("mc_samples", samples)
        .put("mc_seed", seed)
        .put("mc_method", "sample");
    return numbers(model, request, rows, "values.samples");
  }

  /** The answers of the plain network, [rows]. */
  float[] plain(String model, Observations rows) {
    return numbers(model, JsonClient.JSON.createObjectNode(), rows, "values");
  }

  private float[] numbers(String model, ObjectNode request, Observations rows, String output) {
    ObjectNode input = request.putArray("inputs").addObject();
    input.put("name", "input").put("datatype", "FP32");
    input.putArray("shape").add(rows.rows().size()).add(rows.features());
    ArrayNode data = input.putArray("data");
    for (double[] row : rows.rows()) {
      for (int i = 0; i < rows.features(); i++) {
        data.add(row[i]);
      }
    }
    ObjectNode wanted = request.putArray("outputs").addObject();
    wanted.put("name", output).putObject("parameters").put("binary_data", true);
    return floats(post("/v2/models/" + model + "/infer", request.toString()));
  }

  private HttpResponse<byte[]> post(String path, String json) {
    HttpRequest request =
        HttpRequest.newBuilder(inference.address().resolve(path))
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("the inference service's " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** What follows the JSON. */
  private static float[] floats(HttpResponse<byte[]> response) {
    int json =
        (int)
            response
                .headers()
                .firstValueAsLong(HEADER_LENGTH)
                .orElseThrow(() -> new IllegalStateException(new String(response.body())));
    ByteBuffer binary =
        ByteBuffer.wrap(response.body(), json, response.body().length - json)
            .slice()
            .order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[binary.remaining() / Float.BYTES];
    binary.asFloatBuffer().get(values);
    return values;
  }
}
