package dev.bridle.inference.protocol;

import dev.bridle.inference.engine.ModelFailedException;
import dev.bridle.inference.graph.ModelRefusedException;
import dev.bridle.inference.queue.QueueFullException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every error's body is {@code {"error": string}}, as the protocol has it. */
class Errors {
  private static final Logger LOG = Logger.getLogger(Errors.class);

  private static final int RETRY_AFTER_SECONDS = 1;

  record Body(String error) {}

  @ServerExceptionMapper
  Response protocol(ProtocolException e) {
    return answer(e.status(), e.getMessage());
  }

  @ServerExceptionMapper
  Response refused(ModelRefusedException e) {
    return answer(400, e.getMessage());
  }

  @ServerExceptionMapper
  Response failed(ModelFailedException e) {
    return answer(500, e.getMessage());
  }

  @ServerExceptionMapper
  Response full(QueueFullException e) {
    return Response.fromResponse(answer(503, e.getMessage()))
        .header("Retry-After", RETRY_AFTER_SECONDS)
        .build();
  }

  @ServerExceptionMapper
  Response http(WebApplicationException e) {
    Response.StatusType status = e.getResponse().getStatusInfo();
    return answer(status.getStatusCode(), status.getReasonPhrase());
  }

  @ServerExceptionMapper
  Response unexpected(Exception e) {
    LOG.error("A request failed unexpectedly", e);
    return answer(500, "the server failed: its log tells more");
  }

  private static Response answer(int status, String message) {
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(new Body(message))
        .build();
  }
}
