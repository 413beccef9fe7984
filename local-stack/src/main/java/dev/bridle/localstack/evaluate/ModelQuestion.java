package dev.bridle.localstack.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bridle.localstack.service.CallerKey;
import dev.bridle.localstack.service.JsonClient;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * What the inference service is asked about a model.
 *
 * @param unknown rows of a kind that the model should not know
 */
public record ModelQuestion(
    String model, LabeledRows rows, Optional<LabeledRows> unknown, int samples, long seed) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /**
   * @return the service's answer
   * @throws dev.bridle.localstack.service.ServiceException with the service's words if it refuses,
   *     or if it doesn't answer
   */
  public JsonNode ask(URI inference) {
    return new JsonClient("inference service", inference, CallerKey.of(System.getenv()), PATIENCE)
        .send("/v2/models/" + model + "/evaluate", body());
  }

  private String body() {
    ObjectNode body = JSON.createObjectNode();
    body.putObject("parameters").put("mc_samples", samples).put("mc_seed", seed);
    inputs(body, rows);
    ArrayNode labels = body.putArray("labels");
    rows.labels().forEach(labels::add);
    unknown.ifPresent(others -> inputs(body.putObject("out_of_distribution"), others));
    return body.toString();
  }

  private static void inputs(ObjectNode into, LabeledRows rows) {
    ObjectNode input = into.putArray("inputs").addObject();
    input.put("name", "input").put("datatype", "FP32");
    input.putArray("shape").add(rows.features().size()).add(rows.features().get(0).length);
    ArrayNode data = input.putArray("data");
    for (double[] row : rows.features()) {
      for (double value : row) {
        data.add(value);
      }
    }
  }
}
