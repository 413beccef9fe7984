package dev.bridle.trainer.spec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;

/**
 * Reads submissions strictly: an unknown field, a number in quotes, a fraction where a whole number
 * belongs, a field given twice and text after the end are errors.
 */
public final class SpecJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private SpecJson() {}

  /**
   * The spec, its defaults filled in.
   *
   * @throws InvalidSpecException if it isn't JSON
   * @throws InvalidFieldException if a field is unknown or breaks its rule
   */
  public static RunSpec read(byte[] json) {
    return read(json, RunSpec.class);
  }

  /** The same for another kind of submission. */
  public static <T> T read(byte[] json, Class<T> kind) {
    try {
      T spec = MAPPER.readValue(json, kind);
      if (spec == null) {
        throw new InvalidSpecException("the submission should be a JSON object: was null");
      }
      return spec;
    } catch (JsonMappingException e) {
      throw SpecErrors.explained(e);
    } catch (JsonProcessingException e) {
      throw new InvalidSpecException("not JSON: " + e.getOriginalMessage() + where(e));
    } catch (IOException e) {
      throw new InvalidSpecException("not JSON: " + e.getMessage());
    }
  }

  /**
   * The spec with some fields changed.
   *
   * @param changes a JSON merge patch (RFC 7396): a field that is null is taken away, an array
   *     replaces the whole array
   * @throws InvalidSpecException if it isn't a JSON object
   * @throws InvalidFieldException if the changed spec has a field that is unknown or breaks its
   *     rule
   */
  public static RunSpec merged(RunSpec spec, byte[] changes) {
    try {
      JsonNode patch = MAPPER.readTree(changes);
      if (patch == null || !patch.isObject()) {
        throw new InvalidSpecException("the changes should be a JSON object");
      }
      ObjectNode merged = (ObjectNode) MAPPER.readTree(write(spec));
      merge(merged, (ObjectNode) patch);
      return read(MAPPER.writeValueAsBytes(merged));
    } catch (JsonProcessingException e) {
      throw new InvalidSpecException("not JSON: " + e.getOriginalMessage() + where(e));
    } catch (IOException e) {
      throw new InvalidSpecException("not JSON: " + e.getMessage());
    }
  }

  private static void merge(ObjectNode target, ObjectNode patch) {
    patch
        .properties()
        .forEach(
            change -> {
              JsonNode value = change.getValue();
              if (value.isNull()) {
                target.remove(change.getKey());
              } else if (value.isObject()) {
                JsonNode old = target.path(change.getKey());
                ObjectNode inner = old.isObject() ? (ObjectNode) old : MAPPER.createObjectNode();
                merge(inner, (ObjectNode) value);
                target.set(change.getKey(), inner);
              } else {
                target.set(change.getKey(), value);
              }
            });
  }

  /** The canonical text of a spec: what {@code spec.json} holds and {@code spec_sha256} hashes. */
  public static byte[] write(RunSpec spec) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(spec);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a spec that has no JSON: " + spec, e);
    }
  }

  /** A spec, or a part of one, on one line. */
  public static String compact(Object part) {
    try {
      return MAPPER.writeValueAsString(part);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a spec that has no JSON: " + part, e);
    }
  }

  private static String where(JsonProcessingException e) {
    return e.getLocation() == null
        ? ""
        : " (line %d, column %d)"
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }
}
