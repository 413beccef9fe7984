package dev.bridle.localstack.testing;

import dev.bridle.localstack.broker.BrokerSettings;
import dev.bridle.localstack.broker.FreePorts;
import dev.bridle.localstack.broker.LocalBroker;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A real broker for a service's tests, with every topic; its address becomes {@code
 * kafka.bootstrap.servers}. A test may {@link #stop} and {@link #start} the broker in between by
 * {@link #outage}.
 */
public final class BrokerResource implements QuarkusTestResourceLifecycleManager {
  private static LocalBroker broker;
  private Path folder;

  @Override
  public Map<String, String> start() {
    try {
      folder = Files.createTempDirectory("bridle-broker-");
    } catch (IOException e) {
      throw new UncheckedIOException("a folder for the broker", e);
    }
    broker = LocalBroker.start(new BrokerSettings(folder, FreePorts.next(), FreePorts.next()));
    return Map.of("kafka.bootstrap.servers", broker.bootstrapServers());
  }

  /** The broker is gone while the action runs, and back on the same port with its data after it. */
  public static void outage(Runnable action) {
    BrokerSettings settings = broker.settings();
    broker.close();
    try {
      action.run();
    } finally {
      broker = LocalBroker.start(settings);
    }
  }

  @Override
  public void stop() {
    if (broker != null) {
      broker.close();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException("the broker's folder " + folder, e);
    }
  }
}
