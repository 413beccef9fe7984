package dev.bridle.localstack.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.RunId;
import dev.bridle.monitor.replay.Curve;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads curves: an epoch a row, a column a metric. {@code NaN}, {@code Infinity} and {@code
 * -Infinity} are numbers; an empty cell or a null is a metric that was not measured. The columns
 * {@code step}, counted from 0, and {@code elapsedMillis} may stand beside the metrics.
 *
 * <p>JSON is a list of epochs, or of curves {@code {"curve": name, "epochs": [...]}}, or one of
 * them.
 */
public final class CurveFile {
  private static final RunId RUN = new RunId("replay");
  private static final String STEP = "step";
  private static final String ELAPSED = "elapsedMillis";

  private CurveFile() {}

  /**
   * @throws IllegalArgumentException naming the file, the place and what is wrong there
   */
  public static List<Curve> read(Path file) {
    String name = file.getFileName().toString();
    try {
      return name.endsWith(".json") ? json(file, name) : List.of(csv(file, name));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(file + " is not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Curve csv(Path file, String name) throws IOException {
    CSVFormat format =
        CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).setTrim(true).get();
    List<EpochCompleted> epochs = new ArrayList<>();
    try (Reader reader = Files.newBufferedReader(file)) {
      for (CSVRecord row : format.parse(reader)) {
        String place = "%s, line %d".formatted(name, row.getParser().getCurrentLineNumber());
        if (!row.isConsistent()) {
          throw new IllegalArgumentException(
              "%s should have %d values: has %d"
                  .formatted(place, row.getParser().getHeaderNames().size(), row.size()));
        }
        epochs.add(epoch(place, row.toMap(), epochs.size()));
      }
    }
    return curve(name, epochs);
  }

  private static List<Curve> json(Path file, String name) throws IOException {
    JsonNode root = new ObjectMapper().readTree(file.toFile());
    if (root.isObject() && root.has("epochs")) {
      return List.of(curve(root, name));
    }
    if (root.isArray() && root.size() > 0 && root.get(0).has("epochs")) {
      List<Curve> curves = new ArrayList<>();
      root.forEach(curve -> curves.add(curve(curve, name + "[" + curves.size() + "]")));
      return curves;
    }
    return List.of(curve(name, epochs(root, name)));
  }

  private static Curve curve(JsonNode curve, String fallback) {
    String name = curve.path("curve").asText(fallback);
    return curve(name, epochs(curve.get("epochs"), name));
  }

  private static Curve curve(String name, List<EpochCompleted> epochs) {
    if (epochs.isEmpty()) {
      throw new IllegalArgumentException(name + " has no epochs");
    }
    return new Curve(name, epochs);
  }

  private static List<EpochCompleted> epochs(JsonNode rows, String name) {
    if (!rows.isArray()) {
      throw new IllegalArgumentException(name + " should be a list of epochs");
    }
    List<EpochCompleted> epochs = new ArrayList<>();
    for (JsonNode row : rows) {
      String place = "%s, epoch %d".formatted(name, epochs.size());
      Map<String, String> cells = new TreeMap<>();
      row.properties()
          .forEach(
              cell ->
                  cells.put(cell.getKey(), cell.getValue().isNull() ? "" : text(cell.getValue())));
      epochs.add(epoch(place, cells, epochs.size()));
    }
    return epochs;
  }

  private static String text(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }

  private static EpochCompleted epoch(String place, Map<String, String> cells, int index) {
    Map<String, Double> metrics = new TreeMap<>();
    cells.forEach(
        (metric, value) -> {
          if (!value.isBlank()) {
            metrics.put(metric, number(place, metric, value));
          }
        });
    Double step = metrics.remove(STEP);
    long elapsed = metrics.getOrDefault(ELAPSED, 0.0).longValue();
    if (step != null && (step < 0 || step != Math.rint(step))) {
      throw new IllegalArgumentException(
          "%s: step should be a whole number of at least 0: was %s".formatted(place, step));
    }
    if (metrics.isEmpty()) {
      throw new IllegalArgumentException(place + " has no metric");
    }
    return new EpochCompleted(
        RUN,
        1,
        step == null ? index + 1 : step.intValue() + 1,
        metrics,
        Instant.ofEpochMilli(elapsed));
  }

  private static double number(String place, String metric, String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s: %s should be a number: was '%s'".formatted(place, metric, value), e);
    }
  }
}
