package dev.bridle.endtoend.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bridle.endtoend.browser.Browser.Screen;
import dev.bridle.endtoend.browser.Browser.Theme;
import java.time.Duration;

/** What holds of every page, whatever it shows. Run on a page that has loaded what it shows. */
final class PageChecks {
  private static final Duration SETTLED = Duration.ofSeconds(3);

  private PageChecks() {}

  /** Nothing failed in it, and it shuts nobody out: in light and dark, on a desk and a phone. */
  static void hold(Browser browser) {
    for (Theme theme : Theme.values()) {
      browser.paint(theme);
      assertThat(Accessibility.findings(browser)).as("findings of axe-core, %s", theme).isEmpty();
    }
    browser.resize(Screen.PHONE);
    try {
      // Plots take a moment to follow the width.
      await("pixels to scroll sideways at a width of " + Screen.PHONE.width())
          .atMost(SETTLED)
          .untilAsserted(() -> assertThat(browser.overflow()).as("scroll sideways").isZero());
    } finally {
      browser.resize(Screen.DESK).paint(Theme.LIGHT);
    }
    assertThat(browser.complaints()).as("errors in the browser's console").isEmpty();
  }
}
