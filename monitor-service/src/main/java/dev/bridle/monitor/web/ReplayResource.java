package dev.bridle.monitor.web;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.RunId;
import dev.bridle.guard.Role;
import dev.bridle.monitor.replay.Curve;
import dev.bridle.monitor.replay.Hindsight;
import dev.bridle.monitor.replay.Hindsight.Goal;
import dev.bridle.monitor.replay.Replay;
import dev.bridle.monitor.web.ReplayReport.RunReport;
import dev.bridle.monitor.web.projection.RunList;
import dev.bridle.monitor.web.projection.RunSummary;
import dev.bridle.monitor.web.projection.RunView;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a policy would have done to runs that the monitor has seen. */
@Path("/v1/replay")
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Policies")
public class ReplayResource {
  private final LiveRuns runs;

  ReplayResource(LiveRuns runs) {
    this.runs = runs;
  }

  @POST
  @RolesAllowed(Role.VIEWER)
  @Produces(MediaType.APPLICATION_JSON)
  @Blocking
  @Operation(
      summary = "Judge stored runs by any policy",
      description =
          "Says where it would have stopped each, how many epochs that saves, whether the best epoch"
              + " was missed and by how much. Ask for text/plain to get a table. The same runs and"
              + " policy give the same answer.")
  @RequestBody(content = @Content(schema = @Schema(implementation = ReplayRequest.class)))
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = ReplayReport.class)))
  @APIResponse(responseCode = "400", description = "Names the rule, setting or field that is wrong")
  @APIResponse(responseCode = "404", description = "One of the runs is not known")
  public ReplayReport replay(byte[] body) {
    ReplayRequest request = StrictBody.read(ReplayRequest.class, body);
    Replay replay = new Replay(PoliciesResource.legal(request.policy()));
    Goal goal = new Goal(request.metric(), request.mode().equals("min"));
    return ReplayReport.of(goal, chosen(request).map(run -> replayed(replay, run, goal)).toList());
  }

  @POST
  @RolesAllowed(Role.VIEWER)
  @Produces(MediaType.TEXT_PLAIN)
  @Blocking
  @Operation(hidden = true)
  public String table(byte[] body) {
    return replay(body).table();
  }

  /** By id where ids are given, else all runs, or those of an experiment, that have an epoch. */
  private Stream<RunView> chosen(ReplayRequest request) {
    if (!request.runs().isEmpty()) {
      return request.runs().stream().map(run -> RunsResource.known(runs, run));
    }
    RunList all =
        runs.runs(
            new RunQuery(
                run ->
                    run.lastEpoch() > 0
                        && (request.experiment().isEmpty()
                            || request.experiment().equals(run.experiment())),
                0,
                Integer.MAX_VALUE));
    return all.runs().stream().map(RunSummary::run).map(runs::run).flatMap(Optional::stream);
  }

  private static RunReport replayed(Replay replay, RunView run, Goal goal) {
    RunId id = run.summary().run();
    List<EpochCompleted> epochs =
        run.epochs().stream()
            .map(
                epoch ->
                    new EpochCompleted(
                        id,
                        run.summary().attempt(),
                        epoch.epoch(),
                        epoch.metrics(),
                        run.summary().startedAt()))
            .toList();
    Curve curve = new Curve(run.summary().name(), epochs);
    var replayed = replay.of(curve);
    return RunReport.of(run.summary(), replayed, Hindsight.of(curve, replayed, goal));
  }
}
