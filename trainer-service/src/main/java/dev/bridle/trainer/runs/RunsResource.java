package dev.bridle.trainer.runs;

import dev.bridle.events.RunId;
import dev.bridle.guard.Role;
import dev.bridle.trainer.spec.RunSpec;
import dev.bridle.trainer.spec.SpecJson;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;

/** Runs over REST. */
@Path("/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
public class RunsResource {
  /** All runs, the newest first. */
  public record RunList(List<RunView> runs) {}

  private final Runs runs;

  public RunsResource(Runs runs) {
    this.runs = runs;
  }

  @POST
  @RolesAllowed(Role.SUBMITTER)
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Submit a run: it waits until the trainer is free")
  @RequestBody(content = @Content(schema = @Schema(implementation = RunSpec.class)))
  public Response submit(
      @Parameter(description = "The same submission with the same key again gives the same run")
          @HeaderParam("Idempotency-Key")
          Optional<String> idempotencyKey,
      byte[] spec) {
    RunView view = runs.submit(SpecJson.read(spec), idempotencyKey);
    return created(view);
  }

  @GET
  @RolesAllowed(Role.VIEWER)
  @Operation(summary = "All runs, the newest first")
  public RunList list() {
    return new RunList(runs.views());
  }

  @GET
  @RolesAllowed(Role.VIEWER)
  @Path("{run}")
  @Operation(summary = "One run: phase, progress, newest metrics, outcome, artifacts")
  public RunView view(@PathParam("run") String run) {
    return id(run).flatMap(runs::view).orElseThrow(unknown(run));
  }

  @POST
  @RolesAllowed(Role.OPERATOR)
  @Path("{run}/cancel")
  @Operation(summary = "End a run after its current epoch; a run that has ended stays as it is")
  public RunView cancel(@PathParam("run") String run) {
    return id(run).flatMap(runs::cancel).orElseThrow(unknown(run));
  }

  @POST
  @RolesAllowed(Role.OPERATOR)
  @Path("{run}/pause")
  @Operation(summary = "Free the trainer after the run's current epoch; it keeps its checkpoint")
  public RunView pause(@PathParam("run") String run) {
    return id(run).flatMap(runs::pause).orElseThrow(unknown(run));
  }

  @POST
  @RolesAllowed(Role.OPERATOR)
  @Path("{run}/resume")
  @Operation(
      summary = "End a pause: the run waits for the trainer, and goes on from its checkpoint")
  public RunView resume(@PathParam("run") String run) {
    return id(run).flatMap(runs::resume).orElseThrow(unknown(run));
  }

  @POST
  @RolesAllowed(Role.SUBMITTER)
  @Path("{run}/clone")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Submit the run's spec again, changed by a JSON merge patch")
  public Response cloned(@PathParam("run") String run, byte[] changes) {
    return created(id(run).flatMap(id -> runs.cloned(id, changes)).orElseThrow(unknown(run)));
  }

  @POST
  @RolesAllowed(Role.SUBMITTER)
  @Path("{run}/branch")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Go on from the run's newest checkpoint as a new run, its spec changed by a patch")
  public Response branched(@PathParam("run") String run, byte[] changes) {
    return created(id(run).flatMap(id -> runs.branched(id, changes)).orElseThrow(unknown(run)));
  }

  @GET
  @RolesAllowed(Role.VIEWER)
  @Path("{run}/metrics")
  @Operation(summary = "Every epoch's metrics")
  public RunMetrics metrics(@PathParam("run") String run) {
    return id(run).flatMap(runs::metrics).orElseThrow(unknown(run));
  }

  @GET
  @RolesAllowed(Role.VIEWER)
  @Path("{run}/artifacts/{name}")
  @Produces(MediaType.WILDCARD)
  @Operation(summary = "A file that the run left behind, such as model.onnx")
  public Response artifact(@PathParam("run") String run, @PathParam("name") String name) {
    java.nio.file.Path file =
        id(run)
            .flatMap(id -> runs.artifact(id, name))
            .orElseThrow(() -> new NotFoundException("run '%s' has no '%s'".formatted(run, name)));
    String type =
        name.endsWith(".json") ? MediaType.APPLICATION_JSON : MediaType.APPLICATION_OCTET_STREAM;
    return Response.ok(file.toFile(), type).build();
  }

  private static Response created(RunView view) {
    return Response.created(URI.create("/v1/runs/" + view.run())).entity(view).build();
  }

  private static Optional<RunId> id(String text) {
    try {
      return Optional.of(new RunId(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Supplier<NotFoundException> unknown(String run) {
    return () -> new NotFoundException("there is no run '" + run + "'");
  }
}
