package dev.bridle.inference.protocol;

import dev.bridle.guard.Role;
import dev.bridle.inference.repository.ServedModel;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/**
 * Answers infer requests that take a moment where they are read, on the event loop, instead of in a
 * worker. It gives nothing but answers: whatever is unusual, long or wrong, and whoever may not
 * ask, goes on to {@link ModelResource}, which decides and says why.
 */
@ApplicationScoped
class ExpressRoute {
  /** Larger bodies take their time to be read. */
  private static final int LARGEST_BODY = 16_384;

  private static final String MODELS = "/v2/models/";

  private final ModelLookup lookup;
  private final Inference inference;
  private final ExpressRuns runs;
  private final int largestBody;

  ExpressRoute(ModelLookup lookup, Inference inference, Answers answers, RequestConfig limits) {
    this.lookup = lookup;
    this.inference = inference;
    this.largestBody = Math.min(LARGEST_BODY, limits.maxBytes());
    this.runs = new ExpressRuns(inference, answers);
  }

  void register(@Observes Router router) {
    router.post(MODELS + "*").order(1).handler(this::handle);
  }

  private void handle(RoutingContext context) {
    Optional<ServedModel> quick =
        isUsual(context.request()) && mayAsk(context)
            ? served(context.request().path()).filter(inference::isQuick)
            : Optional.empty();
    if (quick.isEmpty()) {
      context.next();
      return;
    }
    context.request().bodyHandler(body -> ask(quick.get(), body, context)).resume();
  }

  private boolean isUsual(HttpServerRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    return isSmall(request.getHeader(HttpHeaders.CONTENT_LENGTH))
        && (accept == null || accept.equals("*/*"))
        && request.getHeader(HttpHeaders.EXPECT) == null;
  }

  private boolean isSmall(String length) {
    try {
      return length != null && Integer.parseInt(length) <= largestBody;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean mayAsk(RoutingContext context) {
    return context.user() instanceof QuarkusHttpUser user
        && user.getSecurityIdentity().hasRole(Role.VIEWER);
  }

  /** Paths with escapes or parameters are unusual, too. */
  private Optional<ServedModel> served(String path) {
    if (path.indexOf('%') >= 0 || path.indexOf(';') >= 0 || !path.startsWith(MODELS)) {
      return Optional.empty();
    }
    String[] parts = path.substring(MODELS.length()).split("/", -1);
    if (parts.length == 2 && parts[1].equals("infer")) {
      return lookup.findNewest(parts[0]);
    }
    return parts.length == 4 && parts[1].equals("versions") && parts[3].equals("infer")
        ? lookup.findVersion(parts[0], parts[2])
        : Optional.empty();
  }

  private void ask(ServedModel served, Buffer body, RoutingContext context) {
    context.setBody(body);
    Optional<String> length = Optional.ofNullable(context.request().getHeader(RestAnswer.LENGTH));
    Optional<Question> question;
    try {
      question =
          inference.askQuick(served, model -> RestRequest.read(body.getBytes(), length, model));
    } catch (RuntimeException e) {
      question = Optional.empty();
    }
    if (question.isEmpty()) {
      context.next();
      return;
    }
    runs.add(
        question.get(),
        Vertx.currentContext(),
        answer ->
            answer.ifPresentOrElse(
                known -> end(RestAnswer.of(known), context.response()), context::next));
  }

  private static void end(RestAnswer answer, HttpServerResponse response) {
    if (response.closed()) {
      return;
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, answer.mediaType());
    answer
        .json()
        .ifPresent(length -> response.putHeader(RestAnswer.LENGTH, Integer.toString(length)));
    response.end(Buffer.buffer(answer.body()));
  }
}
