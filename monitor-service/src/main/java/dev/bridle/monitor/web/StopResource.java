package dev.bridle.monitor.web;

import dev.bridle.events.ControlSignal;
import dev.bridle.events.RunId;
import dev.bridle.events.SignalId;
import dev.bridle.events.SignalIssued;
import dev.bridle.guard.Role;
import dev.bridle.monitor.config.MonitorConfig;
import dev.bridle.monitor.web.projection.DecisionView;
import dev.bridle.monitor.web.projection.RunSummary;
import dev.bridle.monitor.web.projection.RunView;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** A person's stop: the same signal as a rule's, under the name {@code manual}. */
@Path("/v1/runs/{run}/stop")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Runs")
public class StopResource {
  static final String MANUAL = "manual";

  private final LiveRuns runs;
  private final EventSender sender;
  private final MonitorConfig config;
  private final Clock clock;

  StopResource(LiveRuns runs, EventSender sender, MonitorConfig config, Clock clock) {
    this.runs = runs;
    this.sender = sender;
    this.config = config;
    this.clock = clock;
  }

  /** Which signal asks the trainer to stop: its answer appears at the run's decision of that id. */
  public record Asked(SignalId id) {}

  @POST
  @RolesAllowed(Role.OPERATOR)
  @Blocking // it reads the run's history
  @Operation(
      summary = "Ask the trainer to stop",
      description = "The best epoch is restored and exported, as after a rule's stop.")
  @APIResponse(
      responseCode = "202",
      description = "The signal is on Kafka",
      content =
          @Content(
              schema = @Schema(implementation = Asked.class),
              examples = @ExampleObject(name = "asked", value = Examples.ASKED)))
  @APIResponse(
      responseCode = "200",
      description = "It was asked before",
      content =
          @Content(
              schema = @Schema(implementation = Asked.class),
              examples = @ExampleObject(name = "asked", value = Examples.ASKED)))
  @APIResponse(
      responseCode = "404",
      description = "No event of such a run was seen",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "unknown", value = Examples.UNKNOWN_RUN)))
  @APIResponse(
      responseCode = "409",
      description = "The run has ended",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "ended", value = Examples.ENDED_RUN)))
  @APIResponse(
      responseCode = "503",
      description = "Kafka does not answer",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public Uni<Response> stop(@Parameter(example = "digits-k3f9qa") @RestPath String run) {
    RunView view = RunsResource.known(runs, run);
    RunSummary summary = view.summary();
    Optional<SignalId> before = asked(view);
    if (before.isPresent()) {
      return Uni.createFrom().item(Response.ok(new Asked(before.get())).build());
    }
    if (summary.phase().isFinal()) {
      throw new ProblemException(
          Problem.conflict(
              "run '%s' has ended: its phase is %s".formatted(summary.run(), summary.phase())));
    }
    SignalIssued signal = signal(summary);
    return sender
        .send(signal, "the trainer was not asked to stop")
        .map(sent -> Response.accepted(new Asked(signal.id())).build());
  }

  private static Optional<SignalId> asked(RunView view) {
    String ofThisAttempt = view.summary().run() + "/" + view.summary().attempt() + "/";
    return view.decisions().stream()
        .filter(decision -> decision.rule().equals(MANUAL))
        .map(DecisionView::id)
        .filter(id -> id.value().startsWith(ofThisAttempt))
        .findFirst();
  }

  private SignalIssued signal(RunSummary run) {
    RunId id = run.run();
    Instant now = clock.instant();
    return new SignalIssued(
        SignalId.of(id, run.attempt(), run.lastEpoch(), MANUAL),
        id,
        run.attempt(),
        run.lastEpoch(),
        MANUAL,
        new ControlSignal.StopTraining(run.bestEpoch().orElse(0)),
        "stopped by hand",
        Map.of(),
        now.plus(config.signalLifetime()),
        now);
  }
}
