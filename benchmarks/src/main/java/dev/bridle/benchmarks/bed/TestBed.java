package dev.bridle.benchmarks.bed;

import dev.bridle.localstack.broker.BrokerMain;
import dev.bridle.localstack.broker.FreePorts;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A real broker in a process of its own and a folder of its own, and what is measured on it. */
public final class TestBed implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(90);

  private final Path project;
  private final Path folder;
  private final String bootstrapServers;
  private final List<Child> children = new ArrayList<>();

  private TestBed(Path project, Path folder, String bootstrapServers) {
    this.project = project;
    this.folder = folder;
    this.bootstrapServers = bootstrapServers;
  }

  /** Returns when the broker has its topics. */
  public static TestBed start(Path project) {
    Path folder = temporary();
    int port = FreePorts.next();
    TestBed bed = new TestBed(project, folder, "127.0.0.1:" + port);
    Child broker =
        bed.child(
            "broker",
            List.of(
                "-Xms256m",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-Djava.util.logging.config.file="
                    + project.resolve("local-stack/src/main/resources/logging.properties"),
                "-cp",
                System.getProperty("java.class.path"),
                BrokerMain.class.getName(),
                folder.resolve("kafka").toString(),
                String.valueOf(port),
                String.valueOf(FreePorts.next())));
    bed.awaitOutput(broker, "Kafka is ready");
    return bed;
  }

  /** For services that are measured by themselves. */
  public static TestBed withoutBroker(Path project) {
    return new TestBed(project, temporary(), "127.0.0.1:1");
  }

  /** Removed when this is closed. */
  public Path folder() {
    return folder;
  }

  /** The settings that the monitor is delivered with whose names begin like this. */
  public Map<String, String> monitorSettings(String prefix) {
    return MonitorSettings.of(project, prefix);
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  public KafkaClients clients() {
    return new KafkaClients(bootstrapServers);
  }

  /**
   * The monitor as it is delivered; returns when it is ready.
   *
   * @param jvm options of its JVM and system properties, over its own settings
   */
  public Monitor monitor(List<String> jvm) {
    String name = "monitor-" + children.size();
    List<String> options = new ArrayList<>(jvm);
    options.add("-Dbridle.monitor.state-dir=" + folder.resolve(name));
    Service service = service("monitor-service", name, options);
    return new Monitor(service.process(), service.address());
  }

  /**
   * A service as it is delivered; returns when it is ready.
   *
   * @param module whose jar it is
   * @param options of its JVM and system properties, over its own settings
   */
  public Service service(String module, String name, List<String> options) {
    List<String> all = new ArrayList<>(options);
    all.add("-Dkafka.bootstrap.servers=" + bootstrapServers);
    Service service = Service.start(project, module, folder, name, all);
    children.add(service.process());
    return service;
  }

  /** A main class of this module in a JVM of its own; returns when it says that it is ready. */
  public Child program(Class<?> main, List<String> jvm, List<String> arguments) {
    List<String> all = new ArrayList<>(jvm);
    all.add(
        "-Djava.util.logging.config.file="
            + project.resolve("local-stack/src/main/resources/logging.properties"));
    all.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    all.addAll(arguments);
    Child child = child(main.getSimpleName() + "-" + children.size(), all);
    awaitOutput(child, "ready");
    return child;
  }

  private Child child(String name, List<String> arguments) {
    Child child = Child.java(name, folder, arguments);
    children.add(child);
    return child;
  }

  private void awaitOutput(Child child, String text) {
    Await.until(
        "'" + text + "'",
        START_LIMIT,
        () -> {
          child.requireAlive();
          return child.output().contains(text);
        });
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("bridle-benchmark-");
    } catch (IOException e) {
      throw new UncheckedIOException("a folder for the broker", e);
    }
  }

  /** Ends the processes, the newest first, and removes the folder. */
  @Override
  public void close() {
    for (int i = children.size() - 1; i >= 0; i--) {
      children.get(i).close();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException("the folder " + folder, e);
    }
  }
}
