package dev.bridle.monitor.web.proxy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * Passes what the console asks of the trainer and of inference on to them: {@code /trainer/…} and
 * {@code /inference/…}, and only what {@link Neighbor} lets through. A service that doesn't answer
 * is a 502 whose problem detail names it.
 */
@Singleton
public class NeighborRoutes {
  private static final Logger LOG = Logger.getLogger(NeighborRoutes.class);
  private static final int BAD_GATEWAY = 502;

  void routes(@Observes Router router, Vertx vertx, NeighborSettings settings) {
    pass(Neighbor.trainer(settings.trainer()), router, vertx, settings);
    pass(Neighbor.inference(settings.inference()), router, vertx, settings);
  }

  private static void pass(
      Neighbor neighbor, Router router, Vertx vertx, NeighborSettings settings) {
    HttpProxy proxy =
        HttpProxy.reverseProxy(
            vertx.createHttpClient(
                new HttpClientOptions()
                    .setSsl(neighbor.isEncrypted())
                    .setConnectTimeout(2_000)
                    .setReadIdleTimeout((int) settings.patience().toSeconds())));
    proxy.origin(neighbor.port(), neighbor.address().getHost());
    proxy.addInterceptor(new Excused(neighbor));
    router.route("/" + neighbor.name() + "/*").handler(context -> pass(neighbor, proxy, context));
  }

  private static void pass(Neighbor neighbor, HttpProxy proxy, RoutingContext context) {
    String path = context.normalizedPath().substring(neighbor.name().length() + 1);
    boolean plain = context.normalizedPath().equals(context.request().path());
    if (plain && neighbor.lets(context.request().method(), path)) {
      proxy.handle(context.request());
    } else {
      context.next();
    }
  }

  /** Takes the service's name off the path, and says so if the service doesn't answer. */
  private record Excused(Neighbor neighbor) implements ProxyInterceptor {
    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
      String uri = context.request().getURI();
      context.request().setURI(uri.substring(neighbor.name().length() + 1));
      // The monitor has seen that it is its own page that asks; there it would be a foreign one.
      context.request().headers().remove(HttpHeaders.ORIGIN);
      return context.sendRequest().recover(problem -> away(context, problem));
    }

    private Future<ProxyResponse> away(ProxyContext context, Throwable problem) {
      LOG.debugf(problem, "%s doesn't answer", neighbor.name());
      JsonObject detail =
          new JsonObject()
              .put("type", "about:blank")
              .put("title", "Bad Gateway")
              .put("status", BAD_GATEWAY)
              .put(
                  "detail",
                  "the %s service doesn't answer at %s"
                      .formatted(neighbor.name(), neighbor.address()));
      if (!context.request().proxiedRequest().isEnded()) {
        context.request().release();
      }
      ProxyResponse response = context.request().response();
      response.setStatusCode(BAD_GATEWAY).putHeader("Content-Type", "application/problem+json");
      response.setBody(Body.body(Buffer.buffer(detail.encode())));
      return Future.succeededFuture(response);
    }
  }
}
