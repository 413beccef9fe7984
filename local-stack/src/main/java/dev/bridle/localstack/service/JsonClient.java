package dev.bridle.localstack.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** One service's REST interface, read as JSON trees: fields that it adds later do no harm. */
public final class JsonClient {
  public static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;
  private static final int FIRST_FAILURE = 300;

  private final String service;
  private final URI base;
  private final CallerKey key;
  private final Duration patience;

  /** Without the upgrade to HTTP/2, in which long answers were seen to lose their frames. */
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /** Shows the environment's key. */
  public JsonClient(String service, URI base) {
    this(service, base, CallerKey.of(System.getenv()), PATIENCE);
  }

  /**
   * @param patience with one answer
   */
  public JsonClient(String service, URI base, CallerKey key, Duration patience) {
    this.service = service;
    this.base = base;
    this.key = key;
    this.patience = patience;
  }

  /**
   * @return empty if the service knows nothing there
   * @throws ServiceException with the service's own words if it refuses
   * @throws UnreachableException if it doesn't answer
   */
  public Optional<JsonNode> read(String path) {
    HttpResponse<String> response = send(request(path).GET().build());
    return response.statusCode() == NOT_FOUND ? Optional.empty() : Optional.of(accepted(response));
  }

  /** Sends the text, which is JSON, and returns the answer; failures as in {@link #read}. */
  public JsonNode send(String path, String json) {
    return accepted(
        send(
            request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build()));
  }

  /** Whether a GET there is answered with success. */
  public boolean isReady(String path) {
    try {
      return send(request(path).GET().build()).statusCode() < FIRST_FAILURE;
    } catch (UnreachableException e) {
      return false;
    }
  }

  private HttpRequest.Builder request(String path) {
    return key.shown(HttpRequest.newBuilder(base.resolve(path)).timeout(patience));
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UnreachableException(service, base, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServiceException("Interrupted.", e);
    }
  }

  private JsonNode accepted(HttpResponse<String> response) {
    if (response.statusCode() == UNAUTHORIZED) {
      throw new ServiceException(
          "The %s at %s asks for a key, and %s was shown: %s should hold one that it knows."
              .formatted(service, base, key, CallerKey.VARIABLE));
    }
    try {
      if (response.statusCode() >= FIRST_FAILURE) {
        throw new ServiceException(
            "The %s refused %s with status %d: %s"
                .formatted(
                    service, response.uri(), response.statusCode(), reason(response.body())));
      }
      return JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new ServiceException(
          "The %s answered %s with what is no JSON: %s"
              .formatted(service, response.uri(), e.getOriginalMessage()),
          e);
    }
  }

  /** The words of a problem detail or of an inference error, and otherwise the whole answer. */
  private static String reason(String body) {
    try {
      JsonNode problem = JSON.readTree(body);
      String detail = problem.path("detail").asText(problem.path("error").asText(body));
      StringBuilder text = new StringBuilder(detail);
      for (JsonNode error : problem.path("errors")) {
        text.append("; ").append(error.path("message").asText());
      }
      return text.toString();
    } catch (JsonProcessingException e) {
      return body;
    }
  }
}
