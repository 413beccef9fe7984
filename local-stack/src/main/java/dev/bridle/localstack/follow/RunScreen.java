package dev.bridle.localstack.follow;

import dev.bridle.localstack.terminal.Curves;
import dev.bridle.localstack.terminal.Curves.Series;
import dev.bridle.localstack.terminal.Style;
import dev.bridle.localstack.terminal.Terminal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Shows one run as it goes: a curve on a screen, a line every ten epochs elsewhere. */
final class RunScreen {
  private static final int EPOCHS_PER_LINE = 10;
  private static final int HEIGHT = 10;
  private static final int WIDEST = 90;
  private static final int MARGIN = 12;
  private static final int BAR = 30;

  private final Terminal terminal;
  private final Set<String> told = new HashSet<>();
  private int nextPrinted = 1;

  RunScreen(Terminal terminal) {
    this.terminal = terminal;
  }

  void show(RunSnapshot run, WatchedRun watched) {
    for (WatchedRun.Notice notice : watched.notices()) {
      if (told.add(notice.id())) {
        terminal.line(text(notice));
      }
    }
    if (terminal.isScreen()) {
      terminal.block(picture(run, watched));
    } else {
      print(run, watched);
    }
  }

  /** The last picture stays, and the run's end is told below it. */
  void end(RunSnapshot run) {
    terminal.keepBlock();
    String best = run.bestEpoch().isPresent() ? "; best epoch " + run.bestEpoch().getAsInt() : "";
    terminal.line(
        "  %s %s after epoch %d of %d%s"
            .formatted(
                run.isSucceeded()
                    ? terminal.paint(Style.GREEN, "■")
                    : terminal.paint(Style.RED, "■"),
                terminal.paint(Style.BOLD, run.name()),
                run.lastEpoch(),
                run.plannedEpochs(),
                terminal.paint(Style.BOLD, best)));
    terminal.line("    " + run.ending());
    terminal.line("");
  }

  private String text(WatchedRun.Notice notice) {
    String kind =
        notice.isSignal()
            ? terminal.paint(Style.CYAN, "signal")
            : terminal.paint(Style.YELLOW, "alert");
    return "  %s  epoch %d, %s: %s".formatted(kind, notice.epoch(), notice.rule(), notice.text());
  }

  private List<String> picture(RunSnapshot run, WatchedRun watched) {
    List<String> lines = new ArrayList<>();
    int done = (int) Math.round(run.progressPercent() / 100 * BAR);
    int full = Math.max(0, Math.min(BAR, done));
    lines.add(
        "  %s  %s%s  epoch %d of %d  %s"
            .formatted(
                terminal.paint(Style.BOLD, run.name()),
                terminal.paint(Style.GREEN, "━".repeat(full)),
                terminal.paint(Style.DIM, "─".repeat(BAR - full)),
                run.lastEpoch(),
                run.plannedEpochs(),
                terminal.paint(Style.DIM, run.where())));
    int width = Math.min(WIDEST, terminal.columns() - MARGIN);
    List<Series> series =
        List.of(
            new Series(watched.training(), Style.BLUE, '.'),
            new Series(watched.validation(), Style.ORANGE, 'o'));
    lines.addAll(new Curves(width, HEIGHT).draw(series, run.plannedEpochs(), terminal));
    lines.add(
        "         %s %s   %s %s"
            .formatted(
                terminal.paint(Style.BLUE, mark(".") + " training loss"),
                last(watched.training()),
                terminal.paint(Style.ORANGE, mark("o") + " validation loss"),
                last(watched.validation())));
    return lines;
  }

  private String mark(String plain) {
    return terminal.isColored() ? "━" : plain;
  }

  private void print(RunSnapshot run, WatchedRun watched) {
    int epoch = watched.lastEpoch();
    if (epoch >= nextPrinted) {
      nextPrinted = (epoch / EPOCHS_PER_LINE + 1) * EPOCHS_PER_LINE;
      terminal.line(
          "  %s  epoch %d of %d (%.0f %%)  training loss %s  validation loss %s  %s"
              .formatted(
                  run.name(),
                  epoch,
                  run.plannedEpochs(),
                  run.progressPercent(),
                  last(watched.training()),
                  last(watched.validation()),
                  run.where()));
    }
  }

  private static String last(List<Double> values) {
    return values.isEmpty()
        ? "-"
        : String.format(Locale.ROOT, "%.3f", values.get(values.size() - 1));
  }
}
