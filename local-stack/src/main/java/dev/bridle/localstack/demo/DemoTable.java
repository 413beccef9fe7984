package dev.bridle.localstack.demo;

import dev.bridle.localstack.terminal.Style;
import dev.bridle.localstack.terminal.Terminal;
import dev.bridle.localstack.terminal.TextTable;
import dev.bridle.localstack.terminal.TextTable.Align;
import java.util.List;
import java.util.Locale;

/** What came out, for people. */
final class DemoTable {
  private static final List<String> EXPLANATION =
      List.of(
          "  Each with its best epoch's weights. 30 % of the labels that the networks learned from",
          "  were replaced, and dropout keeps the doubt that this teaches: on clean digits it is",
          "  less sure than it is right, which ECE counts as much as being too sure.");

  private final Terminal terminal;

  DemoTable(Terminal terminal) {
    this.terminal = terminal;
  }

  void print(Comparison comparison, int testRows) {
    terminal.line(
        terminal.paint(Style.BOLD, "On " + testRows + " digits that no run has seen")
            + terminal.paint(Style.DIM, ", as the models are served over REST"));
    TextTable table = new TextTable(Align.LEFT, Align.RIGHT, Align.RIGHT, Align.RIGHT);
    table.row(
        "",
        terminal.paint(Style.BOLD, "accuracy"),
        terminal.paint(Style.BOLD, "NLL"),
        terminal.paint(Style.BOLD, "ECE"));
    row(table, "plain", comparison.plain());
    row(table, "dropout", comparison.dropout());
    row(
        table,
        "dropout, MC-dropout with " + Comparison.SAMPLES + " samples",
        comparison.monteCarlo());
    table.lines().forEach(terminal::line);
    for (String line : EXPLANATION) {
      terminal.line(terminal.paint(Style.DIM, line));
    }
    terminal.line("");
    terminal.line(
        terminal.paint(Style.BOLD, "Does it know what it doesn't know?")
            + terminal.paint(Style.DIM, " Mean predictive entropy with MC-dropout, in nats"));
    new TextTable(Align.LEFT, Align.RIGHT)
        .row("test digits", number(comparison.digitEntropy()))
        .row(Comparison.NOISE_IMAGES + " images of random noise", number(comparison.noiseEntropy()))
        .lines()
        .forEach(terminal::line);
  }

  private static void row(TextTable table, String name, Evaluation evaluation) {
    table.row(
        name,
        String.format(Locale.ROOT, "%.1f %%", evaluation.accuracy() * 100),
        number(evaluation.nll()),
        number(evaluation.ece()));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
