package dev.bridle.localstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bridle.localstack.process.Polling;
import dev.bridle.localstack.service.JsonClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A model of the inference service, asked over the Open Inference Protocol. */
final class ServedModel {
  private static final String OUTPUT = "probabilities";
  private static final int ROWS_PER_REQUEST = 100;

  private final JsonClient inference;
  private final String path;

  /**
   * @param version absent: whichever version is the newest
   */
  ServedModel(JsonClient inference, String model, OptionalLong version) {
    this.inference = inference;
    this.path =
        "/v2/models/" + model + (version.isPresent() ? "/versions/" + version.getAsLong() : "");
  }

  /** Whether it was served within the limit. */
  boolean awaitReady(Duration limit) {
    return Polling.until(() -> inference.isReady(path + "/ready"), limit);
  }

  /** Probabilities [classes] for each row, with Dropout switched off. */
  List<double[]> predict(List<double[]> rows) {
    return ask(rows, JsonClient.JSON.createObjectNode()).probabilities();
  }

  /** The mean over that many random sub-networks; the same seed gives the same answer. */
  Uncertain predictWithMonteCarlo(List<double[]> rows, int samples, long seed) {
    return ask(
        rows, JsonClient.JSON.createObjectNode().put("mc_samples", samples).put("mc_seed", seed));
  }

  /**
   * @param probabilities [classes] for each row
   * @param predictiveEntropy H[E p] in nats, one a row; empty if Dropout was off
   */
  record Uncertain(List<double[]> probabilities, List<Double> predictiveEntropy) {
    double meanEntropy() {
      return predictiveEntropy.stream()
          .mapToDouble(Double::doubleValue)
          .average()
          .orElse(Double.NaN);
    }
  }

  private Uncertain ask(List<double[]> rows, ObjectNode parameters) {
    List<double[]> probabilities = new ArrayList<>();
    List<Double> entropies = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += ROWS_PER_REQUEST) {
      List<double[]> batch = rows.subList(from, Math.min(rows.size(), from + ROWS_PER_REQUEST));
      JsonNode answer = inference.send(path + "/infer", request(batch, parameters));
      for (JsonNode output : answer.path("outputs")) {
        if (output.path("name").asText().equals(OUTPUT)) {
          probabilities.addAll(matrix(output, batch.size()));
        } else if (output.path("name").asText().equals(OUTPUT + ".predictive_entropy")) {
          output.path("data").forEach(value -> entropies.add(value.asDouble()));
        }
      }
    }
    if (probabilities.size() != rows.size()) {
      throw new DemoException(
          "The model %s should answer %d rows of '%s': were %d"
              .formatted(path, rows.size(), OUTPUT, probabilities.size()));
    }
    return new Uncertain(probabilities, entropies);
  }

  private static String request(List<double[]> batch, ObjectNode parameters) {
    ObjectNode request = JsonClient.JSON.createObjectNode();
    if (!parameters.isEmpty()) {
      request.set("parameters", parameters);
    }
    ObjectNode input = request.putArray("inputs").addObject();
    input.put("name", "input").put("datatype", "FP32");
    input.putArray("shape").add(batch.size()).add(batch.get(0).length);
    ArrayNode data = input.putArray("data");
    for (double[] row : batch) {
      for (double value : row) {
        data.add(value);
      }
    }
    return request.toString();
  }

  /** The data may be flat or nested; both are row-major. */
  private static List<double[]> matrix(JsonNode output, int rows) {
    List<Double> flat = new ArrayList<>();
    flatten(output.path("data"), flat);
    int columns = flat.size() / rows;
    List<double[]> matrix = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      matrix.add(
          flat.subList(row * columns, (row + 1) * columns).stream()
              .mapToDouble(Double::doubleValue)
              .toArray());
    }
    return matrix;
  }

  private static void flatten(JsonNode node, List<Double> into) {
    if (node.isArray()) {
      node.forEach(child -> flatten(child, into));
    } else {
      into.add(node.asDouble());
    }
  }
}
