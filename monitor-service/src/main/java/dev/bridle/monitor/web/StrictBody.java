package dev.bridle.monitor.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.bridle.events.wire.EventJson;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** Reads what people send, and says which field is wrong. */
final class StrictBody {
  private StrictBody() {}

  /**
   * @throws ProblemException naming the field that is unknown, missing or out of its limits
   */
  static <T> T read(Class<T> type, byte[] json) {
    ObjectReader reader =
        EventJson.mapper()
            .readerFor(type)
            .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    try {
      T body = reader.readValue(json == null ? new byte[0] : json);
      if (body == null) {
        throw problem("body", "should be a JSON object: was null");
      }
      return body;
    } catch (UnrecognizedPropertyException e) {
      throw problem(
          path(e.getPath()), "is no field here: there are " + List.copyOf(e.getKnownPropertyIds()));
    } catch (JsonMappingException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw said(refused.getMessage());
      }
      throw problem(path(e.getPath()), "cannot be read: " + e.getOriginalMessage());
    } catch (JsonProcessingException e) {
      throw problem("body", "is no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw problem("body", "cannot be read: " + e.getMessage());
    }
  }

  /** Of a message that begins with its field's key. */
  static ProblemException said(String message) {
    int end = message.indexOf(' ');
    return new ProblemException(
        Problem.badRequest(end < 0 ? "body" : message.substring(0, end), message));
  }

  private static ProblemException problem(String field, String message) {
    return new ProblemException(Problem.badRequest(field, field + " " + message));
  }

  private static String path(List<JsonMappingException.Reference> path) {
    String joined =
        path.stream()
            .map(
                step ->
                    step.getFieldName() == null
                        ? "[" + step.getIndex() + "]"
                        : "." + step.getFieldName())
            .collect(Collectors.joining());
    return joined.isEmpty() ? "body" : joined.replaceFirst("^\\.", "");
  }
}
