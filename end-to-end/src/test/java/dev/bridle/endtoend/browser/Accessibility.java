package dev.bridle.endtoend.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What axe-core finds in an open page that shuts people out. */
final class Accessibility {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> GRAVE = Set.of("serious", "critical");
  private static final String AXE = script();
  private static final String RUN =
      """
      const done = arguments[arguments.length - 1];
      axe.run(document, {resultTypes: ['violations']})
        .then(({violations}) => done(JSON.stringify(violations)),
              (error) => done(JSON.stringify([{id: String(error), impact: 'critical', nodes: []}])));
      """;

  private Accessibility() {}

  /** The serious and critical findings, each with its rule and the elements that break it. */
  static List<String> findings(Browser browser) {
    browser.ask(AXE);
    List<String> findings = new ArrayList<>();
    for (JsonNode violation : parsed((String) browser.callback(RUN))) {
      if (GRAVE.contains(violation.path("impact").asText())) {
        violation
            .path("nodes")
            .forEach(node -> findings.add(violation.path("id").asText() + ": " + said(node)));
        if (violation.path("nodes").isEmpty()) {
          findings.add(violation.path("id").asText());
        }
      }
    }
    return findings;
  }

  private static String said(JsonNode node) {
    return node.path("html").asText() + " " + node.path("failureSummary").asText();
  }

  private static JsonNode parsed(String violations) {
    try {
      return JSON.readTree(violations);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String script() {
    try (InputStream script = Accessibility.class.getResourceAsStream("/axe.min.js")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
