package dev.bridle.trainer.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bridle.trainer.regularization.Techniques;
import dev.bridle.trainer.spec.RunSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The JSON Schema (2020-12) of a submission: titles, defaults and limits, from which a form can be
 * built. The techniques of regularization tell their settings themselves.
 */
final class RunSchema {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RunSchema() {}

  static JsonNode json() {
    try (InputStream text = RunSpec.class.getResourceAsStream("run-spec.schema.json")) {
      ObjectNode schema = (ObjectNode) JSON.readTree(text);
      ((ObjectNode) schema.at("/properties/regularization/items"))
          .set("oneOf", JSON.valueToTree(Techniques.schemas()));
      return schema;
    } catch (IOException e) {
      throw new UncheckedIOException("run-spec.schema.json", e);
    }
  }
}
