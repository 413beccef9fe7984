package dev.bridle.monitor.web;

import dev.bridle.events.RunId;
import dev.bridle.monitor.web.projection.RunList;
import dev.bridle.monitor.web.projection.RunSummary;
import dev.bridle.monitor.web.projection.RunView;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
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
  @Operation(summary = "The runs at a glance, newest first")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = RunList.class)))
  @APIResponse(
      responseCode = "400",
      description = "No such phase, or a page out of its limits",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public RunList runs(
      @RestQuery String experiment,
      @RestQuery String phase,
      @RestQuery @Schema(description = "A rule whose alert is open") String alert,
      @RestQuery @DefaultValue("0") String offset,
      @RestQuery @DefaultValue("1000") String limit) {
    return runs.runs(RunQuery.of(experiment, phase, alert, offset, limit));
  }

  @GET
  @Path("{run}")
  @Operation(
      summary = "One run: its epochs, decisions, alerts and model",
      description = "Metrics that are not finite are the strings NaN, Infinity and -Infinity.")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = RunView.class)))
  @APIResponse(
      responseCode = "400",
      description = "No legal run id",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @APIResponse(
      responseCode = "404",
      description = "No event of such a run was seen",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public RunView run(@RestPath String run) {
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
