package dev.bridle.endtoend.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bridle.endtoend.LiveStack;
import dev.bridle.events.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
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

  /** A digit of the examples. */
  private static final String SEVEN =
      "0 0 7 8 13 16 15 1 0 0 7 7 4 11 12 0 0 0 0 0 8 13 1 0 0 4 8 8 15 15 6 0"
          + " 0 2 11 15 15 4 0 0 0 0 0 16 5 0 0 0 0 0 9 15 1 0 0 0 0 0 13 5 0 0 0 0";

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
    browser.open(console.page("/?experiment=demo"));
    for (RunId run : new RunId[] {plain, dropout}) {
      browser.awaitText("[data-run='" + run + "'] .verdict", "Stopped by patience");
    }
    for (RunId run : new RunId[] {plain, dropout}) {
      await()
          .atMost(Browser.PATIENCE)
          .until(() -> browser.findAll("[data-run='" + run + "'] .sparkline").size() == 1);
    }
    assertThat(browser.text("[data-run='" + plain + "'] .alerts")).contains("generalizationGap");

    Screenshots.of(browser, "console", 600);
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

  @Test
  void ofTheForm() {
    browser.open(console.page("/submit.html")).awaitText("#lists", "Rules that judge it");
    browser.ask(
        "const list = document.getElementById('example'); list.value = 'digits-cnn';"
            + "list.dispatchEvent(new Event('change'))");
    browser.awaitText("#lists", "weightDecay");

    Screenshots.of(browser, "submit", 1400);
    PageChecks.hold(browser);
  }

  @Test
  void ofAStudy() {
    String id =
        console
            .stack()
            .post(
                console.stack().processes().layout().trainer().resolve("/v1/studies"),
                example("digits-receipt").replace("\"seeds\": 5", "\"seeds\": 3"),
                201)
            .path("study")
            .asText();
    browser.open(console.page("/studies.html?study=" + id));
    await()
        .atMost(Duration.ofMinutes(8))
        .until(() -> browser.text("#study #badge").equals("Ended"));
    browser.awaitText("#plot", "dropout").awaitText("#recommendation", "dropout");

    Screenshots.of(browser, "studies", 1400);
    PageChecks.hold(browser);
  }

  private static String example(String study) {
    try {
      return Files.readString(LiveStack.PROJECT.resolve("examples/studies/" + study + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void ofThePlayground() {
    // Inference fetches what was announced: that takes a moment.
    await()
        .atMost(Browser.PATIENCE)
        .until(
            () -> {
              browser.open(console.page("/playground.html?model=digits-dropout"));
              browser.awaitText("#sentence", "It ");
              return browser.text("#trouble").isEmpty();
            });
    browser.ask(
        "const row = document.getElementById('row'); row.value = arguments[0];"
            + "row.dispatchEvent(new Event('input'))",
        SEVEN);
    browser.awaitText("#sentence", "7");
    browser.find("#evaluate").click();
    browser.awaitText("#worth", "What does abstaining buy?");
    browser.ask("scrollTo(0, 0)");

    Screenshots.of(browser, "playground", 1960);
    PageChecks.hold(browser);
  }
}
