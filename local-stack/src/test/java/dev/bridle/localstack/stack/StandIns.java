package dev.bridle.localstack.stack;

import dev.bridle.localstack.broker.FreePorts;
import dev.bridle.localstack.process.ProcessSpec;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Layouts of small processes. */
final class StandIns {
  private StandIns() {}

  static StackLayout layout(Path home, Service... services) {
    return new StackLayout(home, StackPorts.ANY.resolved(), List.of(services));
  }

  static Service serving(Path home, String name) {
    int port = FreePorts.next();
    return service(home, name, port, "serve", String.valueOf(port));
  }

  static Service dying(Path home, String name) {
    return service(home, name, FreePorts.next(), "die");
  }

  private static Service service(Path home, String name, int port, String... arguments) {
    return new Service(
        spec(home, name, arguments),
        "http://localhost:" + port,
        List.of(new Service.PortUse(port, "--" + name + "-port")),
        new Readiness.Answers(URI.create("http://127.0.0.1:" + port + "/ready")));
  }

  private static ProcessSpec spec(Path home, String name, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                StandIn.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessSpec(
        name, command, home.resolve(name), home.resolve("logs").resolve(name + ".log"));
  }
}
