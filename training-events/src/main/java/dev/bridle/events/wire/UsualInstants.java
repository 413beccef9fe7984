package dev.bridle.events.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Instants as nearly everybody writes them, {@code 2026-11-23T06:00:00Z} with up to nine digits of
 * a second's fraction or none, read in a small part of the time that a formatter takes. Whatever is
 * written otherwise, or wrong, is left to the general way.
 */
final class UsualInstants extends StdScalarDeserializer<Instant> {
  private static final long serialVersionUID = 1L;
  private static final int SECONDS_A_DAY = 86_400;

  UsualInstants() {
    super(Instant.class);
  }

  @Override
  public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
    Instant usual = json.hasToken(JsonToken.VALUE_STRING) ? usual(json.getText()) : null;
    return usual != null ? usual : InstantDeserializer.INSTANT.deserialize(json, context);
  }

  private static Instant usual(String text) {
    try {
      return read(text);
    } catch (RuntimeException e) {
      return null; // the general way says what is wrong
    }
  }

  /** Null if it is written otherwise, or is none. */
  static Instant read(String text) {
    if (text == null) {
      return null;
    }
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
