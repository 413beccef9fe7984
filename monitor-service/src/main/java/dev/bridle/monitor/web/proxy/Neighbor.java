package dev.bridle.monitor.web.proxy;

import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A service that the console asks through the monitor.
 *
 * @param name its first path segment here: {@code /trainer/v1/runs} is its {@code /v1/runs}
 * @param doors all that may be asked of it
 */
record Neighbor(String name, URI address, List<Door> doors) {
  /**
   * @param path the whole of it, without the service's name
   */
  record Door(HttpMethod method, Pattern path) {
    static Door of(HttpMethod method, String path) {
      return new Door(method, Pattern.compile(path));
    }
  }

  static Neighbor trainer(URI address) {
    return new Neighbor(
        "trainer",
        address,
        List.of(
            Door.of(HttpMethod.GET, "/v1/runs(/[^/]+(/metrics|/artifacts/[^/]+)?)?"),
            Door.of(HttpMethod.POST, "/v1/runs(/[^/]+/(cancel|pause|resume|clone|branch))?"),
            Door.of(HttpMethod.GET, "/v1/schemas/run"),
            Door.of(HttpMethod.GET, "/v1/studies(/[^/]+(/plot[.]svg)?)?"),
            Door.of(HttpMethod.POST, "/v1/studies(/[^/]+/cancel)?")));
  }

  static Neighbor inference(URI address) {
    return new Neighbor(
        "inference",
        address,
        List.of(
            Door.of(HttpMethod.GET, "/v2(/models/.+)?"),
            Door.of(HttpMethod.POST, "/v2/repository/index"),
            Door.of(HttpMethod.POST, "/v2/models/[^/]+(/versions/[^/]+)?/(infer|evaluate)")));
  }

  /**
   * @param path normalized, so that no dots lead elsewhere
   */
  boolean lets(HttpMethod method, String path) {
    return doors.stream()
        .anyMatch(door -> door.method().equals(method) && door.path().matcher(path).matches());
  }

  int port() {
    return address.getPort() > 0 ? address.getPort() : isEncrypted() ? 443 : 80;
  }

  boolean isEncrypted() {
    return "https".equals(address.getScheme());
  }
}
