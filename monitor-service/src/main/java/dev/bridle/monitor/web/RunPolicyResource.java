package dev.bridle.monitor.web;

import dev.bridle.events.PolicyChanged;
import dev.bridle.events.PolicyOrigin;
import dev.bridle.events.PolicySpec;
import dev.bridle.guard.Role;
import dev.bridle.monitor.web.projection.RunSummary;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** A run's own policy, changed while the run goes on. */
@Path("/v1/runs/{run}/policy")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Policies")
public class RunPolicyResource {
  private final LiveRuns runs;
  private final EventSender sender;
  private final Clock clock;

  RunPolicyResource(LiveRuns runs, EventSender sender, Clock clock) {
    this.runs = runs;
    this.sender = sender;
    this.clock = clock;
  }

  @PUT
  @RolesAllowed(Role.OPERATOR)
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Judge the run by another policy from its next epoch on",
      description =
          "The change is an event among the run's epochs. The new rules have seen the epochs before"
              + " it; what was signaled stands. It outlives a new attempt.")
  @RequestBody(content = @Content(schema = @Schema(implementation = PolicySpec.class)))
  @APIResponse(responseCode = "202", description = "The change is on Kafka")
  @APIResponse(responseCode = "400", description = "Names the rule or setting that is wrong")
  @APIResponse(responseCode = "404", description = "No event of such a run was seen")
  @APIResponse(responseCode = "409", description = "The run has ended")
  @APIResponse(responseCode = "503", description = "Kafka does not answer")
  public Uni<Response> change(@RestPath String run, byte[] body) {
    RunSummary summary = RunsResource.knownSummary(runs, run);
    PolicySpec policy = PoliciesResource.legal(body);
    if (summary.phase().isFinal()) {
      throw new ProblemException(
          Problem.conflict(
              "run '%s' has ended: its phase is %s".formatted(summary.run(), summary.phase())));
    }
    PolicyChanged change =
        new PolicyChanged(
            summary.run(), summary.attempt(), policy, PolicyOrigin.OPERATOR, clock.instant());
    return sender
        .send(change, "the policy was not changed")
        .map(sent -> Response.accepted(change).build());
  }
}
