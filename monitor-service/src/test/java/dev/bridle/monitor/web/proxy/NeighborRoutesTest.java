package dev.bridle.monitor.web.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NeighborRoutesTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicReference<Headers> received = new AtomicReference<>();
  private Vertx vertx;
  private HttpServer trainer;
  private int port;

  @BeforeEach
  void start() throws Exception {
    trainer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    trainer.createContext(
        "/",
        exchange -> {
          received.set(exchange.getRequestHeaders());
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          byte[] answer =
              (exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body)
                  .getBytes();
          exchange.sendResponseHeaders(
              exchange.getRequestMethod().equals("POST") ? 201 : 200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    trainer.start();
    vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    new NeighborRoutes().routes(router, vertx, settings());
    port =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "localhost")
            .toCompletionStage()
            .toCompletableFuture()
            .get()
            .actualPort();
  }

  @AfterEach
  void stop() {
    trainer.stop(0);
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void passesQuestionsOnWithTheirQueryAndBody() throws Exception {
    assertThat(get("/trainer/v1/runs?limit=3").body()).isEqualTo("GET /v1/runs?limit=3 ");
    HttpResponse<String> posted =
        client.send(
            HttpRequest.newBuilder(address("/trainer/v1/runs"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\": 1}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(posted.statusCode()).isEqualTo(201);
    assertThat(posted.body()).isEqualTo("POST /v1/runs {\"name\": 1}");
  }

  /** The caller's own rights count at the neighbor; the page's origin was checked before. */
  @Test
  void passesTheCallersKeyOnAndNotTheOrigin() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(address("/trainer/v1/runs"))
            .header("Authorization", "Bearer bridle_k")
            .header("Origin", "http://localhost:" + port)
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(201);
    assertThat(received.get().getFirst("Authorization")).isEqualTo("Bearer bridle_k");
    assertThat(received.get().getFirst("Origin")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /trainer/v1/runs/r1/pause",
    "POST, /trainer/v1/runs/r1/resume",
    "POST, /trainer/v1/runs/r1/branch",
    "GET, /trainer/v1/schemas/run",
    "GET, /trainer/v1/studies",
    "GET, /trainer/v1/studies/s1",
    "POST, /trainer/v1/studies",
    "POST, /trainer/v1/studies/s1/cancel"
  })
  void letsThroughWhatThePagesAsk(String method, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(address(path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).body())
        .startsWith(method + " " + path.substring("/trainer".length()));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /trainer/q/metrics",
    "GET, /trainer/v1/runs/r1/branch",
    "POST, /trainer/v1/runs/r1",
    "POST, /trainer/v1/studies/s1",
    "DELETE, /trainer/v1/runs/r1",
    "GET, /trainer/v1/runs/../../q/metrics",
    "GET, /trainer/v1/runs/..%2f..%2fq%2fmetrics/metrics/x",
    "POST, /inference/v2/repository/models/m/load",
    "GET, /inference/q/health",
    "GET, /inference/v2/models/../../q/metrics"
  })
  void letsNothingElseThrough(String method, String path) throws IOException {
    // A client of its own, since others take the dots away.
    try (Socket socket = new Socket("localhost", port)) {
      socket
          .getOutputStream()
          .write(
              "%s %s HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                  .formatted(method, path)
                  .getBytes());
      assertThat(new String(socket.getInputStream().readAllBytes())).startsWith("HTTP/1.1 404");
    }
  }

  @Test
  void namesTheServiceThatDoesNotAnswer() throws Exception {
    HttpResponse<String> away = get("/inference/v2");
    assertThat(away.statusCode()).isEqualTo(502);
    assertThat(away.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(away.body()).contains("the inference service doesn't answer at http://localhost:1");
  }

  /** The request went out whole, so nothing of it is left to let go. */
  @ParameterizedTest
  @EnumSource
  void namesTheServiceThatStopsInTheMiddle(Silence silence) throws Exception {
    trainer.createContext("/v1/runs", silence::meet);
    HttpResponse<String> away =
        client.send(
            HttpRequest.newBuilder(address("/trainer/v1/runs"))
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(away.statusCode()).isEqualTo(502);
    assertThat(away.body()).contains("the trainer service doesn't answer");
  }

  private enum Silence {
    HANGS_UP {
      @Override
      void meet(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.close();
      }
    },
    NEVER_ANSWERS {
      @Override
      void meet(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
      }
    };

    abstract void meet(HttpExchange exchange) throws IOException;
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(address(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private URI address(String path) {
    return URI.create("http://localhost:" + port + path);
  }

  private NeighborSettings settings() {
    return new NeighborSettings() {
      @Override
      public URI trainer() {
        return URI.create("http://localhost:" + trainer.getAddress().getPort());
      }

      @Override
      public URI inference() {
        return URI.create("http://localhost:1");
      }

      @Override
      public Duration patience() {
        return Duration.ofSeconds(1);
      }
    };
  }
}
