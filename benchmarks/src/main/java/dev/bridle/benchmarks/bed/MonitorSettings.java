package dev.bridle.benchmarks.bed;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** What the monitor is set to as it is delivered. */
final class MonitorSettings {
  private static final Path FILE =
      Path.of("monitor-service", "src", "main", "resources", "application.properties");

  private MonitorSettings() {}

  /** Those whose names begin like this, without those that refer to others. */
  static Map<String, String> of(Path project, String prefix) {
    Path file = project.resolve(FILE);
    Properties all = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      all.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("the monitor's settings in " + file, e);
    }
    Map<String, String> settings = new TreeMap<>();
    for (String name : all.stringPropertyNames()) {
      if (name.startsWith(prefix) && !all.getProperty(name).contains("${")) {
        settings.put(name, all.getProperty(name));
      }
    }
    return settings;
  }
}
