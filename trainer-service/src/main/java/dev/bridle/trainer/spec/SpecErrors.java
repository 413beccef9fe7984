package dev.bridle.trainer.spec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.PropertyBindingException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says in the submission's own terms what is wrong with it. */
final class SpecErrors {
  private static final Map<Class<?>, String> KINDS =
      Map.of(
          Integer.class, "a whole number",
          Long.class, "a whole number",
          Double.class, "a number",
          String.class, "a text",
          List.class, "a list");

  private SpecErrors() {}

  static IllegalArgumentException explained(JsonMappingException e) {
    String path = path(e);
    if (e.getCause() instanceof InvalidFieldException invalid) {
      return invalid;
    }
    if (e.getCause() instanceof IllegalArgumentException invalid) {
      return ofContract(path, invalid.getMessage());
    }
    if (path.isEmpty()) {
      return new InvalidSpecException("the submission should be a JSON object with name and data");
    }
    if (e instanceof PropertyBindingException unknown) {
      return new InvalidFieldException(
          path, "is not a known field: known here are " + listed(unknown.getKnownPropertyIds()));
    }
    if (e instanceof InvalidTypeIdException kind) {
      return new InvalidFieldException(
          path.endsWith(".kind") ? path : path + ".kind",
          "should be one of %s: was %s"
              .formatted(kinds(kind.getBaseType().getRawClass()), quoted(kind.getTypeId())));
    }
    if (e instanceof MismatchedInputException mismatch) {
      return new InvalidFieldException(path, "should be " + expected(mismatch));
    }
    return new InvalidFieldException(path, "cannot be read: " + e.getOriginalMessage());
  }

  private static String expected(MismatchedInputException e) {
    String was =
        e instanceof InvalidFormatException format ? ": was " + quoted(format.getValue()) : "";
    Class<?> type = e.getTargetType();
    if (type != null && type.isEnum()) {
      return "one of "
          + listed(Arrays.asList(type.getEnumConstants())).toLowerCase(Locale.ROOT)
          + was;
    }
    return KINDS.getOrDefault(type, "a JSON object") + was;
  }

  /** The contract's own records begin their messages with the field. */
  private static IllegalArgumentException ofContract(String path, String message) {
    int end = message.indexOf(' ');
    return end > 0 && message.startsWith(path)
        ? new InvalidFieldException(message.substring(0, end), message.substring(end + 1))
        : new InvalidFieldException(path, "is not valid: " + message);
  }

  private static String kinds(Class<?> base) {
    JsonSubTypes known = base.getAnnotation(JsonSubTypes.class);
    return known == null
        ? ""
        : listed(Stream.of(known.value()).map(JsonSubTypes.Type::name).toList());
  }

  private static String listed(Collection<?> values) {
    return values.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
  }

  private static String quoted(Object value) {
    return value instanceof Number || value == null ? String.valueOf(value) : "'" + value + "'";
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.toString();
  }
}
