package dev.bridle.inference.protocol;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What the server is, and whether it answers. */
@Path("/v2")
@Produces(MediaType.APPLICATION_JSON)
public class ServerResource {
  /** The protocol's server metadata. */
  public record Metadata(String name, String version, List<String> extensions) {}

  /** Both names, for the protocol's text and its clients differ. */
  public record Health(boolean live, boolean ready) {}

  static final List<String> EXTENSIONS =
      List.of("binary_tensor_data", "model_repository", "mc_dropout", "evaluate", "calibrate");

  private final String version;

  ServerResource(@ConfigProperty(name = "quarkus.application.version") String version) {
    this.version = version;
  }

  @GET
  public Metadata metadata() {
    return new Metadata("bridle", version, EXTENSIONS);
  }

  @GET
  @Path("health/live")
  public Health live() {
    return new Health(true, true);
  }

  /** Ready as soon as it answers, also without a model: models come while it runs. */
  @GET
  @Path("health/ready")
  public Health ready() {
    return new Health(true, true);
  }
}
