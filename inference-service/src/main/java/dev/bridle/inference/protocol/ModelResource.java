package dev.bridle.inference.protocol;

import static dev.bridle.inference.protocol.ProtocolException.badRequest;
import static dev.bridle.inference.protocol.ProtocolException.notFound;
import static dev.bridle.inference.protocol.ProtocolException.tooLarge;

import dev.bridle.inference.engine.TensorSpec;
import dev.bridle.inference.graph.ModelRefusedException;
import dev.bridle.inference.protocol.InferenceMeters.Mode;
import dev.bridle.inference.protocol.InferenceMeters.Outcome;
import dev.bridle.inference.repository.ModelCatalog;
import dev.bridle.inference.repository.ModelVersion;
import dev.bridle.inference.repository.ServedModel;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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

  private final ModelCatalog catalog;
  private final Inference inference;
  private final InferenceMeters meters;
  private final RequestConfig limits;

  ModelResource(
      ModelCatalog catalog, Inference inference, InferenceMeters meters, RequestConfig limits) {
    this.catalog = catalog;
    this.inference = inference;
    this.meters = meters;
    this.limits = limits;
  }

  @GET
  public Metadata metadata(@PathParam("model") String model) {
    return metadata(newest(model), catalog.versions(model));
  }

  @GET
  @Path("versions/{version}")
  public Metadata metadata(@PathParam("model") String model, @PathParam("version") String version) {
    ServedModel served = version(model, version);
    return metadata(served, List.of(served.id().version()));
  }

  @GET
  @Path("ready")
  public Ready ready(@PathParam("model") String model) {
    return new Ready(newest(model).id().model(), true);
  }

  @GET
  @Path("versions/{version}/ready")
  public Ready ready(@PathParam("model") String model, @PathParam("version") String version) {
    return new Ready(version(model, version).id().model(), true);
  }

  @POST
  @Path("infer")
  @Consumes(MediaType.WILDCARD)
  public byte[] infer(@PathParam("model") String model, InputStream body) {
    return infer(newest(model), body);
  }

  @POST
  @Path("versions/{version}/infer")
  @Consumes(MediaType.WILDCARD)
  public byte[] infer(
      @PathParam("model") String model, @PathParam("version") String version, InputStream body) {
    return infer(version(model, version), body);
  }

  private byte[] infer(ServedModel served, InputStream body) {
    long start = System.nanoTime();
    Mode mode = Mode.PLAIN;
    Outcome outcome = Outcome.FAILED;
    long samples = 0;
    try {
      InferAnswer answer = inference.answer(served, bounded(body));
      byte[] json = answer.json();
      samples = answer.samples();
      mode = samples > 0 ? Mode.SAMPLE : Mode.PLAIN;
      outcome = Outcome.SUCCESS;
      return json;
    } catch (ProtocolException | ModelRefusedException e) {
      outcome = Outcome.REFUSED;
      throw e;
    } finally {
      meters.count(mode, outcome, samples, Duration.ofNanos(System.nanoTime() - start));
    }
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

  private static Metadata metadata(ServedModel served, List<Long> versions) {
    return new Metadata(
        served.id().model(),
        versions.stream().map(Object::toString).toList(),
        "onnx_onnxv1",
        served.model().inputs(),
        served.model().outputs());
  }

  private ServedModel newest(String model) {
    return catalog.newest(model).orElseThrow(() -> notFound("model '%s' is unknown", model));
  }

  private ServedModel version(String model, String version) {
    return number(version)
        .flatMap(number -> catalog.version(new ModelVersion(model, number)))
        .orElseThrow(
            () ->
                catalog.versions(model).isEmpty()
                    ? notFound("model '%s' is unknown", model)
                    : notFound(
                        "version '%s' of model '%s' is unknown: the versions are %s",
                        version, model, catalog.versions(model)));
  }

  private static Optional<Long> number(String version) {
    try {
      return Optional.of(Long.parseLong(version));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
