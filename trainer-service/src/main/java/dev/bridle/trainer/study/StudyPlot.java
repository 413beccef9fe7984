package dev.bridle.trainer.study;

import dev.bridle.trainer.study.StudyReport.Receipt;
import java.util.List;
import java.util.Locale;

/** A study's receipts as a picture: a dot and its interval for each, and the line of no gain. */
final class StudyPlot {
  private static final int WIDTH = 720;
  private static final int LEFT = 220;
  private static final int RIGHT = 30;
  private static final int ROW = 34;
  private static final int TOP = 50;

  private final double low;
  private final double high;

  private StudyPlot(List<Receipt> receipts) {
    double least = 0;
    double most = 0;
    for (Receipt receipt : receipts) {
      for (double value :
          new double[] {receipt.gain().low(), receipt.gain().mean(), receipt.gain().high()}) {
        least = Double.isFinite(value) ? Math.min(least, value) : least;
        most = Double.isFinite(value) ? Math.max(most, value) : most;
      }
    }
    double margin = least == most ? 1 : (most - least) * 0.08;
    low = least - margin;
    high = most + margin;
  }

  /** An SVG document that follows its reader's dark or light mode. */
  static String svg(StudyView study) {
    StudyReport report = study.report();
    StudyPlot plot = new StudyPlot(report.receipts());
    int height = TOP + ROW * report.receipts().size() + 50;
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="%s">
        <style>
        text{font:14px system-ui,sans-serif;fill:#1f2328}.axis{stroke:#8c959f}.none{stroke:#59636e;fill:#59636e}
        .helps{stroke:#1a7f37;fill:#1a7f37}.harms{stroke:#cf222e;fill:#cf222e}.small{font-size:12px}
        @media(prefers-color-scheme:dark){text{fill:#e6edf3}.none{stroke:#9198a1;fill:#9198a1}
        .helps{stroke:#3fb950;fill:#3fb950}.harms{stroke:#f85149;fill:#f85149}}
        </style>
        """
            .formatted(WIDTH, height, escaped("What each technique bought in " + study.name())));
    svg.append(
        "<text x=\"10\" y=\"24\">%s</text>\n"
            .formatted(
                escaped(
                    "What each bought: %s on the test split, better to the right"
                        .formatted(report.metric()))));
    int bottom = TOP + ROW * report.receipts().size();
    svg.append(line("axis", plot.x(0), TOP - 10, plot.x(0), bottom));
    for (int i = 0; i < report.receipts().size(); i++) {
      plot.append(svg, report.receipts().get(i), TOP + ROW * i + ROW / 2);
    }
    for (double tick : new double[] {plot.low, 0, plot.high}) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<text class=\"small\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%+.3f</text>%n",
              plot.x(tick),
              bottom + 20,
              tick));
    }
    return svg.append("</svg>\n").toString();
  }

  private void append(StringBuilder svg, Receipt receipt, int y) {
    Gain gain = receipt.gain();
    String look =
        switch (gain.verdict()) {
          case HELPS -> "helps";
          case HARMS -> "harms";
          case NOT_SHOWN -> "none";
        };
    svg.append(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n"
            .formatted(LEFT - 16, y + 5, escaped(receipt.of())));
    if (Double.isFinite(gain.low())) {
      svg.append(line(look, x(gain.low()), y, x(gain.high()), y));
    }
    if (Double.isFinite(gain.mean())) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<circle class=\"%s\" cx=\"%.1f\" cy=\"%d\" r=\"5\"><title>%+.4f</title></circle>%n",
              look,
              x(gain.mean()),
              y,
              gain.mean()));
    }
  }

  private static String line(String look, double x1, int y1, double x2, int y2) {
    return String.format(
        Locale.ROOT,
        "<line class=\"%s\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke-width=\"2\"/>%n",
        look,
        x1,
        y1,
        x2,
        y2);
  }

  private double x(double value) {
    return LEFT + (value - low) / (high - low) * (WIDTH - LEFT - RIGHT);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
