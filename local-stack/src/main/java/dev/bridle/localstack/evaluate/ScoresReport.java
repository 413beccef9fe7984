package dev.bridle.localstack.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bridle.localstack.terminal.TextTable;
import dev.bridle.localstack.terminal.TextTable.Align;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The service's answer, for people: a table, the reliability diagram, what doubt tells. */
public final class ScoresReport {
  private static final List<String> SCORES =
      List.of("accuracy", "nll", "brier", "ece", "aurc", "rmse", "mae");
  private static final int BAR = 40;

  private ScoresReport() {}

  public static List<String> lines(JsonNode answer) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s version %s, '%s' on %d rows"
            .formatted(
                answer.path("model_name").asText(),
                answer.path("model_version").asText(),
                answer.path("output").asText(),
                answer.path("rows").asInt()));
    lines.addAll(scores(answer));
    JsonNode best = answer.path(answer.has("mc_dropout") ? "mc_dropout" : "plain");
    if (best.has("reliability")) {
      lines.add("");
      lines.add(
          "Right as often as sure? Each bin of confidence: share that is right, ' where it should be");
      best.path("reliability").forEach(bin -> reliability(bin, lines));
    }
    JsonNode told = answer.path("out_of_distribution");
    if (!told.isMissingNode()) {
      lines.add("");
      lines.add(
          "Told from %d rows of another kind (AUROC, 0.5 is a guess)"
              .formatted(told.path("rows").asInt()));
      TextTable table = new TextTable(Align.LEFT, Align.RIGHT);
      told.path("auroc")
          .fields()
          .forEachRemaining(
              field -> table.row(field.getKey().replace('_', ' '), number(field.getValue())));
      lines.addAll(table.lines());
    }
    return lines;
  }

  private static List<String> scores(JsonNode answer) {
    List<String> names = SCORES.stream().filter(score -> answer.path("plain").has(score)).toList();
    Align[] columns = new Align[names.size() + 1];
    Arrays.fill(columns, Align.RIGHT);
    columns[0] = Align.LEFT;
    TextTable table = new TextTable(columns);
    table.row(row("", names.stream().map(name -> name.toUpperCase(Locale.ROOT)).toList()));
    for (String how : List.of("plain", "mc_dropout")) {
      JsonNode scores = answer.path(how);
      if (!scores.isMissingNode()) {
        String label =
            how.equals("plain")
                ? how
                : "MC-dropout, %d samples"
                    .formatted(answer.path("parameters").path("mc_samples_used").asInt());
        table.row(row(label, names.stream().map(name -> number(scores.path(name))).toList()));
      }
    }
    return table.lines();
  }

  private static String[] row(String first, List<String> others) {
    List<String> cells = new ArrayList<>(List.of(first));
    cells.addAll(others);
    return cells.toArray(String[]::new);
  }

  private static void reliability(JsonNode bin, List<String> lines) {
    if (bin.path("count").asInt() == 0) {
      return;
    }
    int right = (int) Math.round(bin.path("accuracy").asDouble() * BAR);
    int sure = (int) Math.round(bin.path("confidence").asDouble() * BAR);
    StringBuilder bar = new StringBuilder("█".repeat(right)).append(" ".repeat(BAR - right));
    bar.insert(Math.min(sure, BAR), "'");
    lines.add(
        "  %3.0f to %3.0f %%  %s %d rows"
            .formatted(
                bin.path("lower").asDouble() * 100,
                bin.path("upper").asDouble() * 100,
                bar,
                bin.path("count").asInt()));
  }

  private static String number(JsonNode value) {
    return String.format(Locale.ROOT, "%.4f", value.asDouble());
  }
}
