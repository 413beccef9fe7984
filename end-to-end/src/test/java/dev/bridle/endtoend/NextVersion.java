package dev.bridle.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * The services as a next version has them: built with events of which one has a further field. Its
 * folder is laid out as the project's is.
 */
final class NextVersion {
  static final String FIELD = "host";

  private static final String EVENT = "dev/bridle/events/EpochCompleted";
  private static final String FIELDS = "Map<String, Double> metrics, Instant time)";
  private static final String CONSTRUCTOR =
      """
      \n  public EpochCompleted(
            RunId run, int attempt, int epoch, Map<String, Double> metrics, Instant time) {
          this(run, attempt, epoch, metrics, time, java.util.Optional.of("next"));
        }

        public EpochCompleted {""";

  private final Path folder;

  private NextVersion(Path folder) {
    this.folder = folder;
  }

  /** Builds them from the project's sources and services. */
  static Path in(Path folder) {
    try {
      NextVersion next = new NextVersion(folder);
      Path event = next.compiled(next.source());
      for (String service : List.of("trainer", "monitor", "inference")) {
        next.service(service + "-service", event);
      }
      Files.createSymbolicLink(folder.resolve("examples"), LiveStack.PROJECT.resolve("examples"));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path source() throws IOException {
    Path original =
        LiveStack.PROJECT.resolve("training-events/src/main/java").resolve(EVENT + ".java");
    String text = Files.readString(original);
    String patched =
        replaced(text, FIELDS, FIELDS.replace(")", ", java.util.Optional<String> " + FIELD + ")"));
    Path source = folder.resolve("sources").resolve(EVENT + ".java");
    Files.createDirectories(source.getParent());
    return Files.writeString(source, replaced(patched, "\n  public EpochCompleted {", CONSTRUCTOR));
  }

  private static String replaced(String text, String what, String by) {
    if (!text.contains(what)) {
      throw new IllegalStateException(EVENT + " should contain: " + what);
    }
    return text.replace(what, by);
  }

  private Path compiled(Path source) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    List<String> arguments = new ArrayList<>(List.of("--release", "17", "-parameters"));
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
    arguments.addAll(List.of("-d", classes.toString(), source.toString()));
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    if (result != 0) {
      throw new IllegalStateException("the next version's events can't be compiled");
    }
    return classes.resolve(EVENT + ".class");
  }

  private void service(String name, Path event) throws IOException {
    Path from = LiveStack.PROJECT.resolve(name).resolve("target/quarkus-app");
    Path to = folder.resolve(name).resolve("target/quarkus-app");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    try (Stream<Path> jars = Files.list(to.resolve("lib/main"))) {
      Path events =
          jars.filter(jar -> jar.getFileName().toString().contains("training-events"))
              .findFirst()
              .orElseThrow();
      try (FileSystem jar =
          FileSystems.newFileSystem(URI.create("jar:" + events.toUri()), Map.of())) {
        Files.copy(event, jar.getPath(EVENT + ".class"), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
