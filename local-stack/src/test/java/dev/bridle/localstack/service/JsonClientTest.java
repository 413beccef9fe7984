package dev.bridle.localstack.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JsonClientTest {
  private HttpServer service;

  @BeforeEach
  void start() throws Exception {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext(
        "/",
        exchange -> {
          boolean known =
              "Bearer bridle_k".equals(exchange.getRequestHeaders().getFirst("Authorization"));
          byte[] answer = "{}".getBytes();
          exchange.sendResponseHeaders(known ? 200 : 401, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    service.start();
  }

  @AfterEach
  void stop() {
    service.stop(0);
  }

  @Test
  void showsTheKeyOfTheEnvironment() {
    assertThat(client(Map.of("BRIDLE_KEY", "bridle_k\n")).read("/v1/runs")).isPresent();
  }

  @Test
  void saysWhereAKeyIsToBePut() {
    assertThatThrownBy(() -> client(Map.of()).read("/v1/runs"))
        .hasMessageContaining("asks for a key, and no key was shown: BRIDLE_KEY should hold one");
    assertThatThrownBy(() -> client(Map.of("BRIDLE_KEY", "bridle_secret")).send("/v1/runs", "{}"))
        .hasMessageContaining("a key was shown")
        .hasMessageNotContaining("secret");
  }

  private JsonClient client(Map<String, String> environment) {
    URI base = URI.create("http://localhost:" + service.getAddress().getPort());
    return new JsonClient("trainer", base, CallerKey.of(environment), Duration.ofSeconds(10));
  }
}
