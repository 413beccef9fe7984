package dev.bridle.inference.testing;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A trainer's artifacts over HTTP, as far as the service sees them, and an empty repository. */
public final class ModelServer implements QuarkusTestResourceLifecycleManager {
  private static final Map<String, byte[]> ARTIFACTS = new ConcurrentHashMap<>();
  private static HttpServer server;
  private Path folder;

  /** Offers the bytes from now on. */
  public static void offer(String path, byte[] bytes) {
    ARTIFACTS.put("/" + path, bytes);
  }

  public static URI uri(String path) {
    return URI.create(base() + path);
  }

  private static String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  @Override
  public Map<String, String> start() {
    try {
      folder = Files.createTempDirectory("bridle-models-");
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("a server of models", e);
    }
    server.createContext(
        "/",
        exchange -> {
          byte[] body = ARTIFACTS.get(exchange.getRequestURI().getPath());
          if (body == null) {
            exchange.sendResponseHeaders(404, -1);
          } else {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    server.start();
    return Map.of(
        "bridle.inference.repository-dir",
        folder.toString(),
        "bridle.inference.allowed-uris",
        base(),
        "bridle.inference.request.max-bytes",
        "1000000",
        "bridle.inference.fetch-retry-delay",
        "100ms");
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop(0);
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException("the folder of models " + folder, e);
    }
  }
}
