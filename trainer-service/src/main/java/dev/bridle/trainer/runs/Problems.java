package dev.bridle.trainer.runs;

import dev.bridle.trainer.spec.InvalidFieldException;
import dev.bridle.trainer.spec.InvalidSpecException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Which error becomes which answer. */
public class Problems {
  private static final Logger LOG = Logger.getLogger(Problems.class);
  private static final int TOO_MANY_REQUESTS = 429;

  @ServerExceptionMapper
  public Response invalid(InvalidFieldException e) {
    return Problem.response(
        400, e.getMessage(), List.of(new Problem.FieldError(e.field(), e.getMessage())));
  }

  @ServerExceptionMapper
  public Response unreadable(InvalidSpecException e) {
    return Problem.response(400, e.getMessage(), List.of());
  }

  @ServerExceptionMapper
  public Response full(RunQueueFullException e) {
    return Problem.response(TOO_MANY_REQUESTS, e.getMessage(), List.of());
  }

  @ServerExceptionMapper
  public Response away(RunQueueAwayException e) {
    return Problem.response(503, e.getMessage(), List.of());
  }

  @ServerExceptionMapper
  public Response conflict(RunConflictException e) {
    return Problem.response(409, e.getMessage(), List.of());
  }

  @ServerExceptionMapper
  public Response web(WebApplicationException e) {
    return Problem.response(e.getResponse().getStatus(), e.getMessage(), List.of());
  }

  @ServerExceptionMapper
  public Response unexpected(RuntimeException e) {
    LOG.error("a request failed", e);
    return Problem.response(500, "the trainer failed: its log says why", List.of());
  }
}
