package dev.bridle.trainer.runs;

import jakarta.ws.rs.core.Response;
import java.util.List;

/** An error as RFC 9457 describes it. */
public record Problem(
    String type, String title, int status, String detail, List<FieldError> errors) {
  static final String MEDIA_TYPE = "application/problem+json";

  /** A field of the request that is wrong; the message names it, the limit and the value. */
  public record FieldError(String field, String message) {}

  static Response response(int status, String detail, List<FieldError> errors) {
    Response.Status known = Response.Status.fromStatusCode(status);
    String title = known == null ? "Error" : known.getReasonPhrase();
    return Response.status(status)
        .type(MEDIA_TYPE)
        .entity(new Problem("about:blank", title, status, detail, errors))
        .build();
  }
}
