package dev.bridle.localstack.terminal;

import java.io.PrintStream;
import java.util.List;

/**
 * Where a command writes. On a screen a block of lines is redrawn in place; elsewhere (a pipe, a
 * log) blocks are left out, for they would repeat themselves without end.
 */
public final class Terminal {
  private static final String ESCAPE = "\u001b[";

  private final PrintStream out;
  private final TerminalMode mode;
  private int blockLines;

  public Terminal(PrintStream out, TerminalMode mode) {
    this.out = out;
    this.mode = mode;
  }

  public boolean isScreen() {
    return mode.isScreen();
  }

  public boolean isColored() {
    return mode.colored();
  }

  public int columns() {
    return mode.columns();
  }

  /** The text in that style, or just the text where colors don't show. */
  public String paint(Style style, String text) {
    return mode.colored() ? style.around(text) : text;
  }

  /** A line that stays, above the block that is being redrawn. */
  public synchronized void line(String text) {
    erase();
    out.println(text);
    out.flush();
  }

  /** Lines that replace those of the block before. */
  public synchronized void block(List<String> lines) {
    if (!mode.isScreen()) {
      return;
    }
    StringBuilder text = new StringBuilder();
    if (blockLines > 0) {
      text.append(ESCAPE).append(blockLines).append('A');
    }
    for (String line : lines) {
      text.append(line).append(ESCAPE).append("K\n");
    }
    text.append(ESCAPE).append('J');
    out.print(text);
    out.flush();
    blockLines = lines.size();
  }

  /** The block stays as it is, and the next one begins below it. */
  public synchronized void keepBlock() {
    blockLines = 0;
  }

  /** The block is taken off the screen. */
  public synchronized void erase() {
    if (blockLines > 0) {
      out.print(ESCAPE + blockLines + "A" + ESCAPE + "J");
      out.flush();
      blockLines = 0;
    }
  }
}
