package dev.bridle.localstack.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Rows in aligned columns: the first to the left, the others as asked. */
public final class TextTable {
  private static final Pattern COLORS = Pattern.compile("\u001b\\[[0-9;]*m");
  private static final String GAP = "   ";

  /** To which side a column's cells lean. */
  public enum Align {
    LEFT,
    RIGHT
  }

  private final List<Align> columns;
  private final List<List<String>> rows = new ArrayList<>();

  public TextTable(Align... columns) {
    this.columns = List.of(columns);
  }

  /** Adds a row of as many cells as there are columns. */
  public TextTable row(String... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          "cells should be as many as columns, %d: were %d"
              .formatted(columns.size(), cells.length));
    }
    rows.add(List.of(cells));
    return this;
  }

  /** The lines from top to bottom. */
  public List<String> lines() {
    return rows.stream().map(this::line).toList();
  }

  private String line(List<String> row) {
    StringBuilder line = new StringBuilder("  ");
    for (int i = 0; i < row.size(); i++) {
      String space = " ".repeat(width(i) - visible(row.get(i)));
      line.append(i == 0 ? "" : GAP);
      line.append(columns.get(i) == Align.RIGHT ? space + row.get(i) : row.get(i) + space);
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> visible(row.get(column))).max().orElse(0);
  }

  private static int visible(String cell) {
    return COLORS.matcher(cell).replaceAll("").length();
  }
}
