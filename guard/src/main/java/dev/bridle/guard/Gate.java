package dev.bridle.guard;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.MDC;

/**
 * What every request passes, whether over REST or gRPC: one filter before the caller is known, and
 * one behind, for a filter costs a quick request as much as what it does.
 */
@Singleton
class Gate {
  /** Callers are known from 200 downwards, and refused for want of a role at 100. */
  private static final int BEFORE_AUTHENTICATION = 400;

  private static final int AFTER_AUTHENTICATION = 150;

  private final Guard guard;
  private final RateLimit rate;
  private final AuditLog audit;
  private final List<Map.Entry<CharSequence, CharSequence>> headers;
  private final long maxBody;
  private final boolean untraced;

  Gate(
      Guard guard,
      GuardConfig config,
      @ConfigProperty(name = "quarkus.http.limits.max-body-size") Optional<MemorySize> maxBody,
      @ConfigProperty(name = "quarkus.otel.sdk.disabled", defaultValue = "true") boolean untraced) {
    this.guard = guard;
    this.rate = new RateLimit(config.requestsPerSecond(), System::nanoTime);
    this.audit = new AuditLog(config.unaudited());
    this.headers =
        config.headers().entrySet().stream()
            .map(
                header ->
                    Map.entry(
                        HttpHeaders.createOptimized(header.getKey()),
                        HttpHeaders.createOptimized(header.getValue())))
            .toList();
    this.maxBody = maxBody.map(MemorySize::asLongValue).orElse(Long.MAX_VALUE);
    this.untraced = untraced;
  }

  void register(@Observes Filters filters) {
    filters.register(this::arrive, BEFORE_AUTHENTICATION);
    filters.register(this::notTooOften, AFTER_AUTHENTICATION);
  }

  private void arrive(RoutingContext context) {
    trace(context);
    headers.forEach(header -> context.response().putHeader(header.getKey(), header.getValue()));
    audit(context);
    if (isFromHere(context) && isSmallEnough(context)) {
      context.next();
    }
  }

  /** OpenTelemetry has named the trace already, where a service uses it. */
  private void trace(RoutingContext context) {
    Object known = untraced ? null : MDC.get(Trace.KEY);
    String id =
        known == null
            ? Trace.id(context.request().getHeader("traceparent"), ThreadLocalRandom.current())
            : known.toString();
    MDC.put(Trace.KEY, id);
    context.put(Trace.KEY, id);
  }

  private void audit(RoutingContext context) {
    if (audit.isWorthALine(context.request())) {
      context.addEndHandler(
          ended -> {
            MDC.put(Trace.KEY, context.<String>get(Trace.KEY));
            audit.write(caller(context), context);
          });
    }
  }

  /** Answers the request otherwise. */
  private boolean isFromHere(RoutingContext context) {
    HttpServerRequest request = context.request();
    String host = request.authority() == null ? null : request.authority().toString();
    if (guard.posture() == Posture.OPEN_ON_LOOPBACK && !Origins.isLoopback(host)) {
      Refusal.FOREIGN.answer(
          context, "Host should be localhost or 127.0.0.1 while no keys are set");
      return false;
    }
    if (Origins.isForeign(request.method(), request.getHeader("Origin"), host)) {
      Refusal.FOREIGN.answer(context, "a page of another origin may not change anything");
      return false;
    }
    return true;
  }

  /**
   * Answers the request otherwise. Bodies that don't tell their size are cut off at the limit by
   * the server itself.
   */
  private boolean isSmallEnough(RoutingContext context) {
    long size = size(context.request().getHeader(HttpHeaders.CONTENT_LENGTH));
    if (size > maxBody) {
      Refusal.TOO_LARGE.answer(
          context, "a body should be at most %d bytes: was %d".formatted(maxBody, size));
      return false;
    }
    return true;
  }

  /** Where callers need no keys they are all the same to it, and the machine is theirs. */
  private void notTooOften(RoutingContext context) {
    OptionalLong wait =
        guard.posture().isOpen() ? OptionalLong.empty() : rate.waitSeconds(caller(context));
    if (wait.isPresent()) {
      context.response().putHeader("Retry-After", Long.toString(wait.getAsLong()));
      Refusal.TOO_MANY.answer(
          context, "a caller should send at most %d requests a second".formatted(rate.perSecond()));
    } else {
      context.next();
    }
  }

  /** The key's or token's name; an address for whoever has none. */
  private static String caller(RoutingContext context) {
    return context.user() instanceof QuarkusHttpUser user
            && !user.getSecurityIdentity().isAnonymous()
        ? user.getSecurityIdentity().getPrincipal().getName()
        : "address/" + context.request().remoteAddress().hostAddress();
  }

  private static long size(String contentLength) {
    try {
      return contentLength == null ? 0 : Long.parseLong(contentLength);
    } catch (NumberFormatException e) {
      return 0; // the server refuses it
    }
  }
}
