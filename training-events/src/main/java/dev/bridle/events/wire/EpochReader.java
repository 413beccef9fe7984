package dev.bridle.events.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.Measurements;
import dev.bridle.events.RunId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads epochs, nearly all that is ever read, in half of the time that the binding of any record
 * takes: straight from the tokens, and only as {@link EventCodec} and most others write them. What
 * is otherwise written, or wrong, is left to the binding, which knows every spelling and says what
 * is wrong.
 */
final class EpochReader {
  private RunId run;
  private int attempt;
  private int epoch;
  private Measurements metrics;
  private Instant time;

  private EpochReader() {}

  /** Empty where it is for the binding to read or to refuse. */
  static Optional<EpochCompleted> read(byte[] json) {
    try (JsonParser parser = EventJson.mapper().getFactory().createParser(json)) {
      EpochReader reader = new EpochReader();
      return reader.readFields(parser) ? Optional.of(reader.epoch()) : Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private EpochCompleted epoch() {
    return new EpochCompleted(run, attempt, epoch, metrics, time);
  }

  /** Whether there is nothing unusual: each field once and of its own type. */
  private boolean readFields(JsonParser json) throws IOException {
    boolean usual = json.nextToken() == JsonToken.START_OBJECT;
    for (String field = json.nextFieldName();
        usual && field != null;
        field = json.nextFieldName()) {
      usual =
          switch (field) {
            case "run" -> run == null && (run = new RunId(json.nextTextValue())) != null;
            case "attempt" -> attempt == 0 && (attempt = json.nextIntValue(0)) > 0;
            case "epoch" -> epoch == 0 && (epoch = json.nextIntValue(0)) > 0;
            case "metrics" -> metrics == null && (metrics = metrics(json)) != null;
            case "time" ->
                time == null && (time = UsualInstants.read(json.nextTextValue())) != null;
            default -> passOver(json);
          };
    }
    return usual && json.currentToken() == JsonToken.END_OBJECT;
  }

  private static boolean passOver(JsonParser json) throws IOException {
    json.nextToken();
    json.skipChildren();
    return true;
  }

  /** Null if there is anything but numbers and the names of those that are not finite. */
  private static Measurements metrics(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      return null;
    }
    List<String> names = new ArrayList<>();
    double[] values = new double[16];
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      if (names.size() == values.length) {
        values = Arrays.copyOf(values, 2 * values.length);
      }
      JsonToken token = json.nextToken();
      if (token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT) {
        values[names.size()] = json.getDoubleValue();
      } else if (token == JsonToken.VALUE_STRING) {
        values[names.size()] = notFinite(json.getText());
      } else {
        return null;
      }
      names.add(name);
    }
    return Measurements.of(names, values);
  }

  private static double notFinite(String text) {
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw new NumberFormatException(text);
    };
  }
}
