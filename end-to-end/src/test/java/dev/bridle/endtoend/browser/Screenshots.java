package dev.bridle.endtoend.browser;

import dev.bridle.endtoend.LiveStack;
import dev.bridle.endtoend.browser.Browser.Theme;
import java.nio.file.Path;
import java.util.Locale;

/** Pictures of the pages, in the folder that {@code -Dbridle.screenshots} names. */
final class Screenshots {
  private static final Path FOLDER =
      LiveStack.PROJECT.resolve(System.getProperty("bridle.screenshots"));

  private Screenshots() {}

  /** {@code NAME-light.png} and {@code NAME-dark.png} of the page as it is, down to that height. */
  static void of(Browser browser, String name, int height) {
    for (Theme theme : Theme.values()) {
      browser.paint(theme);
      String file = name + "-" + theme.name().toLowerCase(Locale.ROOT) + ".png";
      browser.photograph(FOLDER.resolve(file), height);
    }
    browser.paint(Theme.LIGHT);
  }
}
