package dev.bridle.trainer.runs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bridle.guard.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What may be submitted, for machines. */
@Path("/v1/schemas")
public class SchemasResource {
  private static final JsonNode RUN = RunSchema.json();

  @GET
  @RolesAllowed(Role.VIEWER)
  @Path("run")
  @Produces("application/schema+json")
  @Operation(summary = "The JSON Schema of a run's spec: every field, its default and its limits")
  public String run() {
    return RUN.toPrettyString();
  }
}
