package dev.bridle.events.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.Measurements;
import dev.bridle.events.RunId;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
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
  private static final int SECONDS_A_DAY = 86_400;

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
            case "time" -> time == null && (time = instant(json.nextTextValue())) != null;
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

  /** From {@code 2026-11-23T06:00:00Z}, with up to nine digits of a second's fraction or none. */
  private static Instant instant(String text) {
    int end = text.length() - 1;
    boolean usual =
        end >= 19
            && (end == 19 || (end >= 21 && end <= 29 && text.charAt(19) == '.'))
            && text.charAt(4) == '-'
            && text.charAt(7) == '-'
            && text.charAt(10) == 'T'
            && text.charAt(13) == ':'
            && text.charAt(16) == ':'
            && text.charAt(end) == 'Z';
    int second = usual ? number(text, 17, 19) : 60;
    int minute = usual ? number(text, 14, 16) : 60;
    int hour = usual ? number(text, 11, 13) : 24;
    if (second >= 60 || minute >= 60 || hour >= 24) {
      return null;
    }
    LocalDate day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
    long seconds = day.toEpochDay() * SECONDS_A_DAY + hour * 3_600 + minute * 60 + second;
    int nanos = end == 19 ? 0 : number(text, 20, end);
    for (int digits = end - 20; digits > 0 && digits < 9; digits++) {
      nanos *= 10;
    }
    return Instant.ofEpochSecond(seconds, nanos);
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      char digit = text.charAt(i);
      if (digit < '0' || digit > '9') {
        throw new NumberFormatException(text);
      }
      number = 10 * number + digit - '0';
    }
    return number;
  }
}
