package dev.bridle.monitor.web;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What went wrong, as RFC 9457 has it. */
@Schema(description = "Problem details (RFC 9457)")
record Problem(String type, String title, int status, String detail, List<FieldError> errors) {
  static final String MEDIA_TYPE = "application/problem+json";

  /** One field's fault; the message gives the limit and the value. */
  record FieldError(String field, String message) {}

  static Problem notFound(String detail) {
    return new Problem("about:blank", "Not Found", 404, detail, List.of());
  }

  static Problem conflict(String detail) {
    return new Problem("about:blank", "Conflict", 409, detail, List.of());
  }

  static Problem unavailable(String detail) {
    return new Problem("about:blank", "Service Unavailable", 503, detail, List.of());
  }

  static Problem badRequest(String field, String message) {
    return new Problem(
        "about:blank", "Bad Request", 400, message, List.of(new FieldError(field, message)));
  }
}
