package dev.bridle.localstack.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine.Option;

/** Which Kafka a command speaks to, and as whom. */
final class KafkaOptions {
  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      defaultValue = "localhost:9092",
      description = "Of a broker (default: ${DEFAULT-VALUE}).")
  private String bootstrap;

  @Option(
      names = "--client-config",
      paramLabel = "FILE",
      description = "Kafka's settings of a client, for TLS and a password.")
  private Path config;

  Map<String, Object> client() throws IOException {
    Properties properties = new Properties();
    if (config != null) {
      try (Reader reader = Files.newBufferedReader(config)) {
        properties.load(reader);
      }
    }
    Map<String, Object> client = new HashMap<>();
    properties.forEach((name, value) -> client.put((String) name, value));
    client.put("bootstrap.servers", bootstrap);
    return client;
  }
}
