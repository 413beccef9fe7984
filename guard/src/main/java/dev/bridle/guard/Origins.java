package dev.bridle.guard;

import io.vertx.core.http.HttpMethod;
import java.util.Set;
import java.util.regex.Pattern;

/** Where a request comes from, as its headers say: browsers set them, and pages can't. */
final class Origins {
  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.TRACE);

  private static final Pattern PORT = Pattern.compile(":\\d*$");

  private Origins() {}

  /**
   * A page of another origin wants to change something: a browser lets it send such a request,
   * along with the key that its user typed here. Programs send no origin.
   */
  static boolean isForeign(HttpMethod method, String origin, String host) {
    return origin != null && !SAFE.contains(method) && !authority(origin).equalsIgnoreCase(host);
  }

  /**
   * The name under which a service on loopback is asked for. A page could give its own name the
   * address 127.0.0.1 and so be of the same origin; absent is fine, for browsers always say it.
   */
  static boolean isLoopback(String host) {
    return host == null || Posture.isLoopback(PORT.matcher(host).replaceFirst(""));
  }

  private static String authority(String origin) {
    return origin.replaceFirst("^https?://", "");
  }
}
