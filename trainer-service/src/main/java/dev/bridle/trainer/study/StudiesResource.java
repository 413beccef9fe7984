package dev.bridle.trainer.study;

import dev.bridle.guard.Role;
import dev.bridle.trainer.spec.SpecJson;
import dev.bridle.trainer.spec.StudySpec;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;

/** Studies over REST. */
@Path("/v1/studies")
@Produces(MediaType.APPLICATION_JSON)
public class StudiesResource {
  /** All studies, the newest first. */
  public record StudyList(List<StudyView> studies) {}

  private final Studies studies;

  public StudiesResource(Studies studies) {
    this.studies = studies;
  }

  @POST
  @RolesAllowed(Role.SUBMITTER)
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Train a run with and without each technique, over the same seeds")
  @RequestBody(content = @Content(schema = @Schema(implementation = StudySpec.class)))
  public Response submit(byte[] spec) {
    StudyView view = studies.submit(SpecJson.read(spec, StudySpec.class));
    return Response.created(URI.create("/v1/studies/" + view.study())).entity(view).build();
  }

  @GET
  @RolesAllowed(Role.VIEWER)
  @Operation(summary = "All studies, the newest first")
  public StudyList list() {
    return new StudyList(studies.views());
  }

  @GET
  @RolesAllowed(Role.VIEWER)
  @Path("{study}")
  @Operation(summary = "One study: progress, what each technique bought, a recommendation")
  public StudyView view(@PathParam("study") String study) {
    return found(study, studies.view(study));
  }

  @GET
  @RolesAllowed(Role.VIEWER)
  @Path("{study}/plot.svg")
  @Produces("image/svg+xml")
  @Operation(summary = "What each technique bought, with its interval, as a picture")
  public String plot(@PathParam("study") String study) {
    return StudyPlot.svg(found(study, studies.view(study)));
  }

  @POST
  @RolesAllowed(Role.OPERATOR)
  @Path("{study}/cancel")
  @Operation(summary = "Cancel the study's runs that haven't ended")
  public StudyView cancel(@PathParam("study") String study) {
    return found(study, studies.cancel(study));
  }

  private static StudyView found(String study, Optional<StudyView> view) {
    return view.orElseThrow(() -> new NotFoundException("there is no study '" + study + "'"));
  }
}
