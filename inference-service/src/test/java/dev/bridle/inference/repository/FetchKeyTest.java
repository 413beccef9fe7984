package dev.bridle.inference.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.bridle.events.ModelExported;
import dev.bridle.events.RunId;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Models come from a trainer that asks for a key. */
class FetchKeyTest {
  private static final byte[] MODEL = "a model".getBytes(StandardCharsets.UTF_8);
  private HttpServer trainer;

  @BeforeEach
  void start() throws IOException {
    trainer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    trainer.createContext(
        "/",
        exchange -> {
          List<String> sent = exchange.getRequestHeaders().get("Authorization");
          boolean known = List.of("Bearer bridle_k").equals(sent);
          exchange.sendResponseHeaders(known ? 200 : 401, known ? MODEL.length : -1);
          if (known) {
            exchange.getResponseBody().write(MODEL);
          }
          exchange.close();
        });
    trainer.start();
  }

  @AfterEach
  void stop() {
    trainer.stop(0);
  }

  @Test
  void theKeyIsPresented() throws Exception {
    assertThat(fetcher("bridle_k").fetch(model())).isEqualTo(MODEL);
  }

  @Test
  void withoutItTheModelStaysAway() {
    assertThatThrownBy(() -> fetcher(null).fetch(model()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("answered 401");
  }

  private ModelFetcher fetcher(String key) {
    SmallRyeConfigBuilder settings =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(ModelRepositoryConfig.class)
            .withMapping(S3Config.class)
            .withDefaultValue("bridle.inference.allowed-uris", base());
    if (key != null) {
      settings.withDefaultValue("bridle.inference.fetch-key", key);
    }
    SmallRyeConfig config = settings.build();
    ModelRepositoryConfig repository = config.getConfigMapping(ModelRepositoryConfig.class);
    return new ModelFetcher(
        repository, new S3Store(config.getConfigMapping(S3Config.class), repository));
  }

  private String base() {
    return "http://127.0.0.1:" + trainer.getAddress().getPort() + "/";
  }

  private ModelExported model() {
    return new ModelExported(
        new RunId("run"),
        1,
        "guarded",
        1,
        URI.create(base() + "model.onnx"),
        Checksum.sha256(MODEL),
        MODEL.length,
        1,
        Map.of(),
        Instant.EPOCH);
  }
}
