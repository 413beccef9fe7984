package dev.bridle.guard;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which request a line of the log belongs to: the trace id of its {@code traceparent} (<a
 * href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>), 32 hexadecimal digits; a new
 * one if it brings none that is valid.
 */
final class Trace {
  /** Its name in the log, which is OpenTelemetry's too. */
  static final String KEY = "traceId";

  private static final Pattern TRACEPARENT =
      Pattern.compile(
          "(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

  private Trace() {}

  static String id(String traceparent, RandomGenerator random) {
    if (traceparent != null) {
      Matcher matcher = TRACEPARENT.matcher(traceparent);
      if (matcher.matches()) {
        return matcher.group(1);
      }
    }
    byte[] fresh = new byte[16];
    random.nextBytes(fresh);
    fresh[0] |= 1;
    return HexFormat.of().formatHex(fresh);
  }
}
