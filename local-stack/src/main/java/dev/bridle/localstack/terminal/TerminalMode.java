package dev.bridle.localstack.terminal;

import java.util.Map;

/**
 * What a terminal can do.
 *
 * @param isScreen a person looks at it, and the cursor can move
 * @param colored colors show
 * @param columns characters in a line
 */
public record TerminalMode(boolean isScreen, boolean colored, int columns) {
  private static final int USUAL_COLUMNS = 80;
  private static final int FEWEST_COLUMNS = 40;

  /** A pipe or a file. */
  public static final TerminalMode PLAIN = new TerminalMode(false, false, USUAL_COLUMNS);

  public TerminalMode {
    columns = Math.max(FEWEST_COLUMNS, columns);
  }

  /**
   * @param properties {@code bridle.screen} (true if standard output is a terminal) and {@code
   *     bridle.columns}, both given by the start script, which can tell
   * @param environment {@code NO_COLOR} turns colors off, {@code TERM=dumb} the cursor too
   */
  public static TerminalMode of(Map<String, String> properties, Map<String, String> environment) {
    boolean dumb = "dumb".equals(environment.get("TERM"));
    boolean screen = !dumb && "true".equals(properties.get("bridle.screen"));
    boolean noColor = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new TerminalMode(screen, screen && !noColor, columns(properties));
  }

  private static int columns(Map<String, String> properties) {
    try {
      return Integer.parseInt(properties.getOrDefault("bridle.columns", ""));
    } catch (NumberFormatException e) {
      return USUAL_COLUMNS;
    }
  }
}
