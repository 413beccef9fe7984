package dev.bridle.monitor.web;

import dev.bridle.guard.Role;
import dev.bridle.monitor.web.projection.Curve;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** A run's curve, small enough to fetch for every run in a list. */
@Path("/v1/runs/{run}/curve")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Runs")
public class RunCurveResource {
  private static final int FEWEST = 4;
  private static final int MOST = 1_000;

  private final LiveRuns runs;

  RunCurveResource(LiveRuns runs) {
    this.runs = runs;
  }

  @GET
  @RolesAllowed(Role.VIEWER)
  @Operation(
      summary = "One metric of a run, thinned to few points",
      description =
          "Of each stretch of the run the lowest and the highest value, and the first and the last"
              + " of all. Values that are not finite are the strings NaN, Infinity and -Infinity.")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Curve.class)))
  @APIResponse(
      responseCode = "400",
      description = "No legal run id, or a number of points out of its limits",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @APIResponse(
      responseCode = "404",
      description = "No event of such a run was seen, or it was forgotten",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public Curve curve(
      @RestPath String run,
      @Parameter(description = "The metric's name", example = "validationLoss")
          @RestQuery
          @DefaultValue("validationLoss")
          String metric,
      @Parameter(description = "How many points at most, from 4 to 1000", example = "60")
          @RestQuery
          @DefaultValue("60")
          String points) {
    int most = RunQuery.between("points", FEWEST, MOST, points);
    return Curve.of(RunsResource.known(runs, run), metric, most);
  }
}
