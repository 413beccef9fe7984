package dev.bridle.endtoend.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bridle.events.RunId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The first page: what somebody sees of runs that are over, go on, or come back. */
@Tag("browser")
@ExtendWith(Console.class)
class RunsPageIT {
  private final Console console;
  private final Browser browser;

  RunsPageIT(Console console) {
    this.console = console;
    browser = console.browser();
  }

  @Test
  void saysWhereARunStoppedAndWhy() {
    String card = card(console.finished("diabetes"));

    browser.open(console.page("/"));

    browser
        .awaitText(
            card + " .sentence", "by patience: validationLoss has not improved for 15 epochs")
        .scrollTo(card)
        .awaitText(card + " .notes", "Signal: stop training")
        .awaitText(card + " .notes", "The trainer obeyed after epoch")
        .awaitText(card + " .notes", "Model exported");
    assertThat(browser.text(card + " .badge")).isEqualTo("Stopped early");
    assertThat(browser.find(card + " canvas").isDisplayed()).isTrue();
    assertThat(browser.find(card + " .plot").getAttribute("aria-label"))
        .contains("Lowest validation loss in epoch");
    PageChecks.hold(browser);
  }

  @Test
  void showsEveryEpochAsATable() {
    RunId run = console.finished("diabetes");
    int epochs = console.stack().monitored(run).path("lastEpoch").asInt();
    browser.open(console.page("/")).awaitText(card(run) + " .sentence", "Stopped");

    browser.find(card(run) + " summary").click();

    await()
        .atMost(Browser.PATIENCE)
        .until(() -> browser.findAll(card(run) + " tbody tr").size() == epochs);
    PageChecks.hold(browser);
  }

  @Test
  void goesOnByItselfWhenTheMonitorIsBack() {
    try (LongRun run = LongRun.start(console.stack(), "goes-on")) {
      browser.open(console.page("/")).awaitText("#connection", "Live");

      console.stack().processes().kill("monitor");
      browser.awaitText("#connection", "out of reach");
      console.stack().processes().start("monitor");

      browser.awaitText("#connection", "Live");
      // What the browser says of a server that is gone is no fault of the page.
      browser.complaints();
      int later = run.epoch() + 2;
      await().atMost(Browser.PATIENCE).until(() -> shownEpoch(card(run.id())) >= later);
      PageChecks.hold(browser);
    }
  }

  @Test
  void isLiveHoweverManyPagesWereLeftBefore() {
    for (int i = 0; i < 10; i++) {
      browser.open(console.page("/?visit=" + i)).awaitText("#connection", "Live");
    }
    browser.back();

    browser.awaitText("#connection", "Live");
    assertThat(browser.address().getQuery()).isEqualTo("visit=8");
    assertThat(browser.complaints()).isEmpty();
  }

  private int shownEpoch(String card) {
    String shown = browser.text(card + " .key .is-epoch b");
    return shown.isEmpty() ? 0 : Integer.parseInt(shown);
  }

  private static String card(RunId run) {
    return "[data-run='" + run + "']";
  }
}
