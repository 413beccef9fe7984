package dev.bridle.guard;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Who changed what, or tried to: a line of JSON for each request that may change something, in the
 * log category {@code bridle.audit}, with caller, address, method, path and status; and, where the
 * answer tells what came of it, its location. Bodies and headers of requests aren't repeated.
 */
final class AuditLog {
  static final String CATEGORY = "bridle.audit";

  private static final Logger LOG = Logger.getLogger(CATEGORY);
  private static final Set<HttpMethod> READING =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final Optional<Pattern> unaudited;

  AuditLog(Optional<Pattern> unaudited) {
    this.unaudited = unaudited;
  }

  boolean isWorthALine(HttpServerRequest request) {
    return !READING.contains(request.method())
        && unaudited.filter(paths -> paths.matcher(request.path()).matches()).isEmpty();
  }

  void write(String caller, RoutingContext context) {
    LOG.info(
        line(
            caller,
            context.request().remoteAddress().hostAddress(),
            context.request().method().name(),
            context.request().path(),
            context.response().getStatusCode(),
            context.response().headers().get("Location")));
  }

  /** JSON escapes line breaks, so that no name or path begins a line of its own. */
  static String line(
      String caller, String address, String method, String path, int status, String location) {
    JsonObject line =
        new JsonObject()
            .put("caller", caller)
            .put("address", address)
            .put("method", method)
            .put("path", path)
            .put("status", status);
    return (location == null ? line : line.put("location", location)).encode();
  }
}
