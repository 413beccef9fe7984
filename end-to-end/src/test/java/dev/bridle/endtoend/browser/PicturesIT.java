package dev.bridle.endtoend.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.events.RunId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The demo's two runs as the pages show them: the pictures of the docs, and what they should show.
 */
@Tag("browser")
@ExtendWith(Console.class)
class PicturesIT {
  private final Console console;
  private final Browser browser;
  private RunId plain;
  private RunId dropout;

  PicturesIT(Console console) {
    this.console = console;
    browser = console.browser();
  }

  @BeforeEach
  void train() {
    plain = console.finished("digits-plain");
    dropout = console.finished("digits-dropout");
  }

  @Test
  void ofTheRuns() {
    browser.open(console.page("/"));
    for (RunId run : new RunId[] {plain, dropout}) {
      browser
          .awaitText("[data-run='" + run + "'] .sentence", "by patience")
          .awaitText("[data-run='" + run + "'] .notes", "Model exported");
    }
    assertThat(browser.text("[data-run='" + plain + "'] .notes")).contains("Overfitting");

    Screenshots.of(browser, "console", 1400);
    PageChecks.hold(browser);
  }

  @Test
  void ofARun() {
    browser.open(console.page("/run.html?id=" + plain));
    browser
        .awaitText("#events", "Alert: generalizationGap")
        .awaitText("#charts", "Gradient norm by layer");

    Screenshots.of(browser, "run", 1720);
    PageChecks.hold(browser);
  }

  @Test
  void ofAReplay() {
    browser.open(
        console.page("/replay.html?rule=patience&patience=5&run=" + plain + "&run=" + dropout));
    browser.awaitText("#table", "digits-dropout").awaitText("#verdict", "It would have stopped");

    Screenshots.of(browser, "replay", 1300);
    PageChecks.hold(browser);
  }
}
