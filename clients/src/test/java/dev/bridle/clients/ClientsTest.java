package dev.bridle.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.events.Event;
import dev.bridle.events.wire.EventType;
import dev.bridle.localstack.broker.BrokerSettings;
import dev.bridle.localstack.broker.FreePorts;
import dev.bridle.localstack.broker.LocalBroker;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The README against a real broker that holds one event of every type. */
class ClientsTest {
  private static final Path README = Path.of("README.md");

  private static LocalBroker broker;

  @BeforeAll
  static void startTheBroker(@TempDir Path folder) throws Exception {
    broker = LocalBroker.start(new BrokerSettings(folder, FreePorts.next(), FreePorts.next()));
    EventSamples.writeAll(broker.bootstrapServers());
  }

  @AfterAll
  static void stopTheBroker() {
    broker.close();
  }

  @ParameterizedTest
  @EnumSource
  void everyTypeHasAClassThatFindsIt(EventType type) throws Exception {
    assertThat(lineOf(type).invoke(null, EventSamples.of(type)))
        .asString()
        .contains(EventSamples.of(type).subject().substring(0, 6));
    List<Event> found = new ArrayList<>();
    try (EventReader<? extends Event> reader =
        new EventReader<>(broker.bootstrapServers(), "test-" + type, type.record())) {
      reader.forEach(
          event -> {
            found.add(event);
            reader.end();
          });
    }
    assertThat(found).containsExactly(EventSamples.of(type));
  }

  @Tag("kcat")
  @ParameterizedTest
  @EnumSource
  void everyTypeHasACommandThatFindsIt(EventType type) throws Exception {
    String command =
        readmeLines()
            .filter(line -> line.startsWith("kcat") && line.endsWith(type.cloudEventsType()))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no kcat command for " + type));
    Process kcat =
        new ProcessBuilder("sh", "-c", command.replace("localhost:9092", broker.bootstrapServers()))
            .redirectErrorStream(true)
            .start();
    String output = new String(kcat.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(kcat.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(kcat.exitValue()).as("kcat is needed: %s", output).isZero();
    assertThat(output.lines())
        .singleElement()
        .asString()
        .contains(type.cloudEventsType(), "ce_subject=" + EventSamples.of(type).subject());
  }

  /** The method that makes the event's line, in the class that the README names for it. */
  private static Method lineOf(EventType type) throws Exception {
    Pattern row = Pattern.compile("\\| \\[(\\w+)].*`" + type.cloudEventsType() + "`.*");
    String name =
        readmeLines()
            .map(row::matcher)
            .filter(Matcher::matches)
            .map(match -> match.group(1))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no class for " + type));
    return Class.forName("dev.bridle.clients." + name).getDeclaredMethod("line", type.record());
  }

  private static Stream<String> readmeLines() throws IOException {
    return Files.readAllLines(README).stream();
  }
}
