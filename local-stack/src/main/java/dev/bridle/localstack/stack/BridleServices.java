package dev.bridle.localstack.stack;

import dev.bridle.localstack.broker.BrokerMain;
import dev.bridle.localstack.process.ProcessSpec;
import dev.bridle.localstack.stack.Service.PortUse;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The services that Bridle consists of: one method each says how it is started. */
public final class BridleServices {
  public static final String BROKER = "broker";
  public static final String TRAINER = "trainer";
  public static final String MONITOR = "monitor";
  public static final String INFERENCE = "inference";

  private final Path project;
  private final Path home;
  private final StackPorts ports;

  private BridleServices(Path project, Path home, StackPorts ports) {
    this.project = project;
    this.home = home;
    this.ports = ports;
  }

  /**
   * The layout of a built project.
   *
   * @param project the repository's top folder
   * @param home folder of data, logs and pid files
   * @param ports 0 is resolved to a free port here
   */
  public static StackLayout layout(Path project, Path home, StackPorts ports) {
    StackPorts resolved = ports.resolved();
    BridleServices services =
        new BridleServices(project.toAbsolutePath(), home.toAbsolutePath(), resolved);
    return new StackLayout(
        home.toAbsolutePath(),
        resolved,
        List.of(services.broker(), services.trainer(), services.monitor(), services.inference()));
  }

  private Service broker() {
    Path target = project.resolve("local-stack").resolve("target");
    List<String> command =
        List.of(
            java(),
            "-Xms64m",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            target.resolve("local-stack.jar")
                + File.pathSeparator
                + target.resolve("lib").resolve("*"),
            "-Djava.util.logging.config.file="
                + project.resolve("local-stack/src/main/resources/logging.properties"),
            BrokerMain.class.getName(),
            home.resolve("kafka").toString(),
            String.valueOf(ports.kafka()),
            String.valueOf(ports.controller()));
    return new Service(
        spec(BROKER, command),
        "localhost:" + ports.kafka(),
        List.of(new PortUse(ports.kafka(), "--kafka-port")),
        new Readiness.Says("Kafka is ready"));
  }

  private Service trainer() {
    return quarkus(
        TRAINER,
        ports.trainer(),
        List.of("-Xmx512m"),
        List.of(
            property("bridle.trainer.work-dir", home.resolve(TRAINER)),
            property("bridle.trainer.datasets-dir", project.resolve("examples").resolve("data")),
            property("bridle.trainer.public-url", StackLayout.http(ports.trainer()))));
  }

  private Service monitor() {
    return quarkus(
        MONITOR,
        ports.monitor(),
        List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"),
        List.of(
            property("bridle.monitor.state-dir", home.resolve(MONITOR)),
            property("bridle.monitor.console.trainer", StackLayout.http(ports.trainer())),
            property("bridle.monitor.console.inference", StackLayout.http(ports.inference()))));
  }

  private Service inference() {
    return quarkus(
        INFERENCE,
        ports.inference(),
        List.of("-Xmx512m"),
        List.of(
            property("bridle.inference.repository-dir", home.resolve(INFERENCE)),
            property("bridle.inference.allowed-uris", StackLayout.http(ports.trainer()) + "/")));
  }

  private Service quarkus(String name, int port, List<String> jvm, List<String> properties) {
    List<String> command = new ArrayList<>(List.of(java(), "-XX:+UseSerialGC"));
    command.addAll(jvm);
    command.add(property("quarkus.http.host", "127.0.0.1"));
    command.add(property("quarkus.http.port", port));
    command.add(property("kafka.bootstrap.servers", "127.0.0.1:" + ports.kafka()));
    command.addAll(properties);
    command.add("-jar");
    command.add(
        project
            .resolve(name + "-service")
            .resolve("target/quarkus-app/quarkus-run.jar")
            .toString());
    URI ready = StackLayout.http(port).resolve("/q/health/ready");
    return new Service(
        spec(name, command),
        "http://localhost:" + port,
        List.of(new PortUse(port, "--" + name + "-port")),
        new Readiness.Answers(ready));
  }

  private ProcessSpec spec(String name, List<String> command) {
    return new ProcessSpec(
        name, command, home.resolve(name), home.resolve("logs").resolve(name + ".log"));
  }

  private static String property(String key, Object value) {
    return "-D" + key + "=" + value;
  }

  /** The services run on the JDK that this command runs on. */
  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
