package dev.bridle.endtoend.browser;

import dev.bridle.endtoend.LiveStack;
import dev.bridle.endtoend.browser.Browser.Theme;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Pictures of the pages for the docs: taken where {@code -Dbridle.screenshots=FOLDER} asks for
 * them.
 */
final class Screenshots {
  private static final String FOLDER = System.getProperty("bridle.screenshots", "");

  private Screenshots() {}

  static boolean wanted() {
    return !FOLDER.isEmpty();
  }

  /** {@code NAME-light.png} and {@code NAME-dark.png} of the page as it is. */
  static void of(Browser browser, String name) {
    if (!wanted()) {
      return;
    }
    for (Theme theme : Theme.values()) {
      browser.paint(theme);
      browser.settle();
      String file = name + "-" + theme.name().toLowerCase(Locale.ROOT) + ".png";
      browser.photograph(LiveStack.PROJECT.resolve(Path.of(FOLDER, file)));
    }
    browser.paint(Theme.LIGHT);
  }
}
