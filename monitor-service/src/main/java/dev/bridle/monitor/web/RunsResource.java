package dev.bridle.monitor.web;

import dev.bridle.events.RunId;
import dev.bridle.guard.Role;
import dev.bridle.monitor.web.projection.RunList;
import dev.bridle.monitor.web.projection.RunSummary;
import dev.bridle.monitor.web.projection.RunView;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** The runs, as they stand. */
@Path("/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Runs")
public class RunsResource {
  private final LiveRuns runs;

  RunsResource(LiveRuns runs) {
    this.runs = runs;
  }

  @GET
  @RolesAllowed(Role.VIEWER)
  @Operation(
      summary = "The runs at a glance, newest first",
      description =
          "A page. The next one begins after this one's next: runs that come or go meanwhile"
              + " neither repeat nor hide others, as they may with an offset. No next: the last"
              + " page.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = RunList.class),
              examples = @ExampleObject(name = "a page", value = Examples.RUNS)))
  @APIResponse(
      responseCode = "400",
      description = "No such filter or phase, or a page out of its limits",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "out of the limits", value = Examples.BAD_PAGE)))
  public RunList runs(
      @Parameter(description = "Of this experiment", example = "demo") @RestQuery String experiment,
      @Parameter(description = "In this phase, in upper or lower case", example = "running")
          @RestQuery
          String phase,
      @Parameter(description = "A rule whose alert is open", example = "generalizationGap")
          @RestQuery
          String alert,
      @Parameter(description = "The page before's next") @RestQuery String after,
      @Parameter(description = "How many to pass over, from 0", example = "0")
          @RestQuery
          @DefaultValue("0")
          String offset,
      @Parameter(description = "How many at most, from 1 to 10000", example = "1000")
          @RestQuery
          @DefaultValue("1000")
          String limit,
      @Context UriInfo uri) {
    RunQuery.check(uri.getQueryParameters());
    return runs.runs(RunQuery.of(experiment, phase, alert, after, offset, limit));
  }

  @GET
  @RolesAllowed(Role.VIEWER)
  @Path("{run}")
  @Operation(
      summary = "One run: its epochs, decisions, alerts, model and policy",
      description =
          "Metrics that are not finite are the strings NaN, Infinity and -Infinity. A decision's"
              + " standing is WAITING, APPLIED, REFUSED, TOO_LATE, UNRECOGNIZED or, once it has"
              + " expired, UNANSWERED.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = RunView.class),
              examples = @ExampleObject(name = "a run", value = Examples.RUN)))
  @APIResponse(
      responseCode = "400",
      description = "No legal run id",
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
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "unknown", value = Examples.UNKNOWN_RUN)))
  public RunView run(@Parameter(example = "digits-k3f9qa") @RestPath String run) {
    return known(runs, run);
  }

  /** The run of that id with its history, or the problem to answer with. */
  static RunView known(LiveRuns runs, String run) {
    return runs.run(legal(run)).orElseThrow(() -> unknown(run));
  }

  /** The run of that id at a glance, which reads nothing; or the problem to answer with. */
  static RunSummary knownSummary(LiveRuns runs, String run) {
    return runs.summary(legal(run)).orElseThrow(() -> unknown(run));
  }

  private static ProblemException unknown(String run) {
    return new ProblemException(Problem.notFound("no run '" + run + "' is known"));
  }

  private static RunId legal(String run) {
    try {
      return new RunId(run);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.badRequest("run", e.getMessage()));
    }
  }
}
