package dev.bridle.localstack.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Curves over the epochs, drawn with characters: with colors two by four braille dots to a
 * character, without them one mark to a character. Later series lie above earlier ones. Values that
 * are not finite are left out.
 */
public final class Curves {
  private static final int DOTS_ACROSS = 2;
  private static final int DOTS_DOWN = 4;
  private static final int BRAILLE = 0x2800;
  // bit of the dot at [row][column] of a braille character, by Unicode's numbering
  private static final int[][] BITS = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
  private static final int LABEL = 7;

  private final int width;
  private final int height;

  /** One curve: value i belongs to epoch i + 1; NaN where there is none. */
  public record Series(List<Double> values, Style style, char mark) {
    public Series {
      values = List.copyOf(values);
    }
  }

  /**
   * @param width characters of the plotting area
   * @param height lines of it
   */
  public Curves(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /**
   * The plot's lines, from top to bottom, with the range of values at the left.
   *
   * @param epochs as many as the width shows
   */
  public List<String> draw(List<Series> series, int epochs, Terminal terminal) {
    double[] range = range(series);
    int[][] dots = new int[height][width];
    int[][] owners = new int[height][width];
    for (int[] row : owners) {
      Arrays.fill(row, -1);
    }
    for (int i = 0; i < series.size(); i++) {
      trace(series.get(i).values(), epochs, range, i, dots, owners);
    }
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < height; row++) {
      StringBuilder line = new StringBuilder(terminal.paint(Style.DIM, label(row, range) + " ┤"));
      for (int column = 0; column < width; column++) {
        line.append(cell(series, owners[row][column], dots[row][column], terminal));
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private void trace(
      List<Double> values, int epochs, double[] range, int owner, int[][] dots, int[][] owners) {
    int across = width * DOTS_ACROSS;
    int down = height * DOTS_DOWN;
    int previousY = -1;
    int previousX = -1;
    for (int i = 0; i < values.size(); i++) {
      double value = values.get(i);
      if (!Double.isFinite(value)) {
        previousX = -1;
        continue;
      }
      int x = epochs <= 1 ? 0 : (int) Math.round((double) i / (epochs - 1) * (across - 1));
      double share = (value - range[0]) / (range[1] - range[0]);
      int y = (int) Math.round((1 - share) * (down - 1));
      int steps = previousX < 0 ? 0 : Math.max(Math.abs(x - previousX), Math.abs(y - previousY));
      for (int step = 0; step <= steps; step++) {
        double way = steps == 0 ? 1 : (double) step / steps;
        int dotX = previousX < 0 ? x : (int) Math.round(previousX + way * (x - previousX));
        int dotY = previousX < 0 ? y : (int) Math.round(previousY + way * (y - previousY));
        mark(Math.min(dotX, across - 1), dotY, owner, dots, owners);
      }
      previousX = x;
      previousY = y;
    }
  }

  private static void mark(int x, int y, int owner, int[][] dots, int[][] owners) {
    int row = y / DOTS_DOWN;
    int column = x / DOTS_ACROSS;
    dots[row][column] |= BITS[y % DOTS_DOWN][x % DOTS_ACROSS];
    owners[row][column] = owner;
  }

  private static String cell(List<Series> series, int owner, int dots, Terminal terminal) {
    if (owner < 0) {
      return " ";
    }
    return terminal.isColored()
        ? terminal.paint(series.get(owner).style(), String.valueOf((char) (BRAILLE + dots)))
        : String.valueOf(series.get(owner).mark());
  }

  private String label(int row, double[] range) {
    boolean named = row == 0 || row == height - 1 || row == height / 2;
    double value = range[1] - (range[1] - range[0]) * row / Math.max(1, height - 1);
    String text = named ? String.format(Locale.ROOT, "%.2f", value) : "";
    return " ".repeat(Math.max(0, LABEL - text.length())) + text;
  }

  private static double[] range(List<Series> series) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Series one : series) {
      for (double value : one.values()) {
        if (Double.isFinite(value)) {
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
    }
    if (low > high) {
      return new double[] {0, 1};
    }
    return low == high ? new double[] {low - 0.5, high + 0.5} : new double[] {low, high};
  }
}
