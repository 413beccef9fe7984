package dev.bridle.monitor.web;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

/** Ends a request with problem details. */
final class ProblemException extends WebApplicationException {
  private static final long serialVersionUID = 1L;

  ProblemException(Problem problem) {
    super(
        problem.detail(),
        Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem).build());
  }
}
