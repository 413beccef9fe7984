package dev.bridle.inference.protocol;

import static dev.bridle.inference.protocol.ProtocolException.badRequest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bridle.guard.Role;
import dev.bridle.inference.repository.ModelRepository;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** The protocol's model repository extension. */
@Path("/v2/repository")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public class RepositoryResource {
  private static final int MAX_BODY = 65_536;

  private final RepositoryIndex index;
  private final ModelRepository repository;
  private final ObjectMapper json;

  RepositoryResource(RepositoryIndex index, ModelRepository repository, ObjectMapper json) {
    this.index = index;
    this.repository = repository;
    this.json = json;
  }

  /** A body is optional; {@code {"ready": true}} leaves out what isn't served. */
  @POST
  @RolesAllowed(Role.VIEWER)
  @Path("index")
  public List<RepositoryIndex.Entry> index(InputStream body) {
    return wantsReady(body) ? index.ready() : index.entries();
  }

  /** Loads every stored version of the model; a body is passed over. */
  @POST
  @RolesAllowed(Role.MODEL_ADMIN)
  @Path("models/{model}/load")
  public Map<String, String> load(@PathParam("model") String model) {
    repository.load(model);
    return Map.of();
  }

  /** Serves the model no longer; a body is passed over. */
  @POST
  @RolesAllowed(Role.MODEL_ADMIN)
  @Path("models/{model}/unload")
  public Map<String, String> unload(@PathParam("model") String model) {
    repository.unload(model);
    return Map.of();
  }

  private boolean wantsReady(InputStream body) {
    try {
      byte[] bytes = body == null ? new byte[0] : body.readNBytes(MAX_BODY);
      JsonNode request = bytes.length == 0 ? json.createObjectNode() : json.readTree(bytes);
      return request.path("ready").asBoolean(false);
    } catch (IOException e) {
      throw badRequest("the body should be empty or a JSON object: %s", e.getMessage());
    }
  }
}
