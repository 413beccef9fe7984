package dev.bridle.inference.protocol;

import static dev.bridle.inference.protocol.ProtocolException.badRequest;
import static dev.bridle.inference.protocol.ProtocolException.tooLarge;

import dev.bridle.guard.Role;
import dev.bridle.inference.engine.TensorSpec;
import dev.bridle.inference.repository.ServedModel;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** One model: what it takes and gives, whether it is ready, and its answers. */
@Path("/v2/models/{model}")
@Produces(MediaType.APPLICATION_JSON)
public class ModelResource {
  /** The protocol's model metadata. */
  public record Metadata(
      String name,
      List<String> versions,
      String platform,
      List<TensorSpec> inputs,
      List<TensorSpec> outputs) {}

  /** The protocol's model readiness. */
  public record Ready(String name, boolean ready) {}

  private final ModelLookup lookup;
  private final Answers answers;
  private final Evaluation evaluation;
  private final Calibrator calibrator;
  private final LiveLabels liveLabels;
  private final RequestConfig limits;

  ModelResource(
      ModelLookup lookup,
      Answers answers,
      Evaluation evaluation,
      Calibrator calibrator,
      LiveLabels liveLabels,
      RequestConfig limits) {
    this.lookup = lookup;
    this.answers = answers;
    this.evaluation = evaluation;
    this.calibrator = calibrator;
    this.liveLabels = liveLabels;
    this.limits = limits;
  }

  @GET
  @RolesAllowed(Role.VIEWER)
  public Metadata metadata(@PathParam("model") String model) {
    return metadata(lookup.newest(model), lookup.versions(model));
  }

  @GET
  @RolesAllowed(Role.VIEWER)
  @Path("versions/{version}")
  public Metadata metadata(@PathParam("model") String model, @PathParam("version") String version) {
    ServedModel served = lookup.version(model, version);
    return metadata(served, List.of(served.id().version()));
  }

  @GET
  @RolesAllowed(Role.VIEWER)
  @Path("ready")
  public Ready ready(@PathParam("model") String model) {
    return new Ready(lookup.newest(model).id().model(), true);
  }

  @GET
  @RolesAllowed(Role.VIEWER)
  @Path("versions/{version}/ready")
  public Ready ready(@PathParam("model") String model, @PathParam("version") String version) {
    return new Ready(lookup.version(model, version).id().model(), true);
  }

  @POST
  @RolesAllowed(Role.VIEWER)
  @Path("infer")
  @Consumes(MediaType.WILDCARD)
  public Response infer(
      @PathParam("model") String model,
      @HeaderParam(RestAnswer.LENGTH) String length,
      InputStream body) {
    return infer(() -> lookup.newest(model), length, body);
  }

  @POST
  @RolesAllowed(Role.VIEWER)
  @Path("versions/{version}/infer")
  @Consumes(MediaType.WILDCARD)
  public Response infer(
      @PathParam("model") String model,
      @PathParam("version") String version,
      @HeaderParam(RestAnswer.LENGTH) String length,
      InputStream body) {
    return infer(() -> lookup.version(model, version), length, body);
  }

  /** How good the predictions are: an extension of the protocol. */
  @POST
  @RolesAllowed(Role.VIEWER)
  @Path("evaluate")
  @Consumes(MediaType.WILDCARD)
  public Response evaluate(@PathParam("model") String model, InputStream body) {
    return evaluate(() -> lookup.newest(model), body);
  }

  @POST
  @RolesAllowed(Role.VIEWER)
  @Path("versions/{version}/evaluate")
  @Consumes(MediaType.WILDCARD)
  public Response evaluate(
      @PathParam("model") String model, @PathParam("version") String version, InputStream body) {
    return evaluate(() -> lookup.version(model, version), body);
  }

  /** How far the answers can be trusted, kept with the model: an extension of the protocol. */
  @POST
  @RolesAllowed(Role.MODEL_ADMIN)
  @Path("calibrate")
  @Consumes(MediaType.WILDCARD)
  public Response calibrate(@PathParam("model") String model, InputStream body) {
    return calibrate(() -> lookup.newest(model), body);
  }

  @POST
  @RolesAllowed(Role.MODEL_ADMIN)
  @Path("versions/{version}/calibrate")
  @Consumes(MediaType.WILDCARD)
  public Response calibrate(
      @PathParam("model") String model, @PathParam("version") String version, InputStream body) {
    return calibrate(() -> lookup.version(model, version), body);
  }

  /** The truth of an answer that was given before: an extension of the protocol. */
  @POST
  @RolesAllowed(Role.MODEL_ADMIN)
  @Path("labels")
  @Consumes(MediaType.WILDCARD)
  public Response labels(@PathParam("model") String model, InputStream body) {
    return Response.ok(liveLabels.join(model, LabelsRequest.read(bounded(body)))).build();
  }

  private Response calibrate(Supplier<ServedModel> found, InputStream body) {
    return Response.ok(calibrator.of(found, EvaluationRequest.read(bounded(body)))).build();
  }

  private Response evaluate(Supplier<ServedModel> found, InputStream body) {
    return Response.ok(evaluation.of(found, EvaluationRequest.read(bounded(body)))).build();
  }

  private Response infer(Supplier<ServedModel> found, String length, InputStream body) {
    byte[] bytes = bounded(body);
    return RestAnswer.of(
            answers.answer(
                found, model -> RestRequest.read(bytes, Optional.ofNullable(length), model)))
        .response();
  }

  private byte[] bounded(InputStream body) {
    try {
      byte[] bytes = body.readNBytes(limits.maxBytes() + 1);
      if (bytes.length > limits.maxBytes()) {
        throw tooLarge("the body should be of at most %d bytes: was larger", limits.maxBytes());
      }
      return bytes;
    } catch (IOException e) {
      throw badRequest("the body broke off: %s", e.getMessage());
    }
  }

  static Metadata metadata(ServedModel served, List<Long> versions) {
    return new Metadata(
        served.id().model(),
        versions.stream().map(Object::toString).toList(),
        "onnx_onnxv1",
        served.model().inputs(),
        served.model().outputs());
  }
}
