package dev.bridle.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/** What docker-compose.yml says of its services, so that the tests' containers are made alike. */
final class ComposeFile {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");
  private static final Map<Character, Long> UNITS =
      Map.of('k', 1L << 10, 'm', 1L << 20, 'g', 1L << 30);

  private final Map<String, Object> services;
  private final Map<String, String> variables;

  /**
   * @param tmpfs mount options by folder
   * @param memory bytes
   */
  record Service(
      String image,
      Map<String, String> environment,
      List<String> entrypoint,
      Map<String, String> tmpfs,
      boolean readOnly,
      long memory) {}

  private ComposeFile(Map<String, Object> services, Map<String, String> variables) {
    this.services = services;
    this.variables = variables;
  }

  /** Its variables come from {@code .env}, then from the environment, then from the overrides. */
  static ComposeFile read(Path project, Map<String, String> overrides) {
    Map<String, String> variables = new HashMap<>();
    try {
      for (String line : Files.readAllLines(project.resolve(".env"))) {
        if (!line.isBlank() && !line.startsWith("#")) {
          variables.put(
              line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
        }
      }
      variables.replaceAll((name, value) -> System.getenv().getOrDefault(name, value));
      variables.putAll(overrides);
      Map<String, Object> file =
          new Yaml().load(Files.readString(project.resolve("docker-compose.yml")));
      return new ComposeFile(mapping(file.get("services")), variables);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Service service(String name) {
    Map<String, Object> service = mapping(services.get(name));
    Map<String, String> environment = new LinkedHashMap<>();
    mapping(service.getOrDefault("environment", Map.of()))
        .forEach((key, value) -> environment.put(key, resolved(value)));
    Map<String, String> tmpfs = new LinkedHashMap<>();
    for (String mount : list(service.get("tmpfs"))) {
      int colon = mount.indexOf(':');
      tmpfs.put(mount.substring(0, colon), mount.substring(colon + 1));
    }
    Map<String, Object> resources = mapping(mapping(service.get("deploy")).get("resources"));
    return new Service(
        resolved(service.get("image")),
        environment,
        list(service.get("entrypoint")),
        tmpfs,
        Boolean.TRUE.equals(service.get("read_only")),
        bytes(resolved(mapping(resources.get("limits")).get("memory"))));
  }

  private List<String> list(Object value) {
    return value == null ? List.of() : ((List<?>) value).stream().map(this::resolved).toList();
  }

  private String resolved(Object value) {
    return VARIABLE
        .matcher(String.valueOf(value))
        .replaceAll(
            found -> {
              String is = variables.get(found.group(1));
              if (is == null) {
                throw new IllegalStateException(found.group(1) + " should be in .env: is not");
              }
              return Matcher.quoteReplacement(is);
            });
  }

  private static long bytes(String text) {
    Long unit = UNITS.get(text.charAt(text.length() - 1));
    return unit == null
        ? Long.parseLong(text)
        : Long.parseLong(text.substring(0, text.length() - 1)) * unit;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> mapping(Object node) {
    return (Map<String, Object>) node;
  }
}
