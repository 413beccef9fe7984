package dev.bridle.localstack.stack;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** The ports that a running stack was started with, for the commands that come after. */
public final class StackRecord {
  private StackRecord() {}

  /** Of the stack that was started last on this home folder and not ended since. */
  public static Optional<StackPorts> ports(Path home) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file(home))) {
      properties.load(reader);
      return Optional.of(
          new StackPorts(
              port(properties, "kafka"),
              port(properties, "monitor"),
              port(properties, "trainer"),
              port(properties, "inference"),
              port(properties, "controller")));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static void write(StackLayout layout) {
    StackPorts ports = layout.ports();
    Properties properties = new Properties();
    properties.setProperty("kafka", String.valueOf(ports.kafka()));
    properties.setProperty("monitor", String.valueOf(ports.monitor()));
    properties.setProperty("trainer", String.valueOf(ports.trainer()));
    properties.setProperty("inference", String.valueOf(ports.inference()));
    properties.setProperty("controller", String.valueOf(ports.controller()));
    Path file = file(layout.home());
    try {
      Files.createDirectories(file.getParent());
      try (Writer writer = Files.newBufferedWriter(file)) {
        properties.store(writer, "the ports of the running stack");
      }
    } catch (IOException e) {
      throw new StackException("%s can't be written: %s".formatted(file, e.getMessage()), e);
    }
  }

  static void delete(Path home) {
    try {
      Files.deleteIfExists(file(home));
    } catch (IOException e) {
      throw new StackException("%s can't be deleted: %s".formatted(file(home), e.getMessage()), e);
    }
  }

  private static Path file(Path home) {
    return home.resolve("run").resolve("stack.properties");
  }

  private static int port(Properties properties, String key) {
    return Integer.parseInt(properties.getProperty(key, ""));
  }
}
