package dev.bridle.localstack.stack;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * What belongs to a stack and where it lives: a description, nothing runs yet.
 *
 * @param home folder of data, logs and pid files
 * @param ports all resolved
 * @param services in the order of their start; they end in the opposite order, the first one last
 */
public record StackLayout(Path home, StackPorts ports, List<Service> services) {
  public StackLayout {
    services = List.copyOf(services);
    if (services.isEmpty()) {
      throw new IllegalArgumentException("services should not be empty");
    }
  }

  /** The service of that name. */
  public Service service(String name) {
    return services.stream()
        .filter(service -> service.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "service should be one of %s: was %s"
                        .formatted(services.stream().map(Service::name).toList(), name)));
  }

  public Path logs() {
    return home.resolve("logs");
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + ports.kafka();
  }

  public URI monitor() {
    return http(ports.monitor());
  }

  public URI trainer() {
    return http(ports.trainer());
  }

  public URI inference() {
    return http(ports.inference());
  }

  Path pidFile(Service service) {
    return home.resolve("run").resolve(service.name() + ".pid");
  }

  static URI http(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }
}
