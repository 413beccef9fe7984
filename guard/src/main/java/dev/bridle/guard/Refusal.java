package dev.bridle.guard;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** A request that goes no further, as RFC 9457 describes it. */
enum Refusal {
  FOREIGN(403, "Forbidden"),
  TOO_LARGE(413, "Content Too Large"),
  TOO_MANY(429, "Too Many Requests");

  private final int status;
  private final String title;

  Refusal(int status, String title) {
    this.status = status;
    this.title = title;
  }

  void answer(RoutingContext context, String detail) {
    if (this == TOO_LARGE) {
      context.response().putHeader("Connection", "close"); // the body is left unread
    }
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/problem+json")
        .end(
            new JsonObject()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .encode());
  }
}
