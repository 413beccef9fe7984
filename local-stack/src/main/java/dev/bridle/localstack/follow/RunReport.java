package dev.bridle.localstack.follow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bridle.localstack.terminal.TextTable;
import dev.bridle.localstack.terminal.TextTable.Align;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a run left: its metrics on the test split, and where its files are. */
public final class RunReport {
  private RunReport() {}

  public static List<String> lines(RunSnapshot run) {
    List<String> lines = new ArrayList<>();
    if (!run.evaluation().isEmpty()) {
      lines.add("On the test split, the best epoch's weights:");
      TextTable table = new TextTable(Align.LEFT, Align.RIGHT);
      Map<String, JsonNode> metrics = new TreeMap<>();
      run.evaluation().properties().forEach(entry -> metrics.put(entry.getKey(), entry.getValue()));
      metrics.forEach((name, value) -> table.row(name, number(value)));
      lines.addAll(table.lines());
      lines.add("");
    }
    TextTable files = new TextTable(Align.LEFT, Align.RIGHT, Align.LEFT);
    for (JsonNode artifact : run.artifacts()) {
      files.row(
          artifact.path("name").asText(),
          String.format(Locale.ROOT, "%,d bytes", artifact.path("sizeBytes").asLong()),
          artifact.path("uri").asText());
    }
    lines.addAll(files.lines());
    return lines;
  }

  /** Those that aren't finite are texts already. */
  private static String number(JsonNode value) {
    return value.isNumber() ? String.format(Locale.ROOT, "%.4f", value.asDouble()) : value.asText();
  }
}
