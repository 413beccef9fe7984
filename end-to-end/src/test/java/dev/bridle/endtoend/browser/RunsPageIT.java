package dev.bridle.endtoend.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bridle.events.RunId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The first page: every run as a row, live, whatever is chosen and in whatever order. */
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
  void saysInARowHowARunStandsAndWhy() {
    RunId run = console.finished("diabetes");
    JsonNode known = console.stack().monitored(run);

    // Alone in the table: the course of a run is drawn once its row is in sight.
    browser
        .open(console.page("/?text=" + run))
        .awaitText(row(run) + " .verdict", "Stopped by patience");

    assertThat(browser.text(row(run) + " .verdict"))
        .isEqualTo("Stopped by patience, epoch %s restored".formatted(known.path("bestEpoch")));
    assertThat(browser.text(row(run) + " .badge")).isEqualTo("Stopped early");
    assertThat(browser.text(row(run) + " .progress"))
        .isEqualTo(
            "epoch %s of %s".formatted(known.path("lastEpoch"), known.path("plannedEpochs")));
    assertThat(browser.text(row(run) + " .validation"))
        .isEqualTo("%.3f".formatted(known.at("/metrics/validationLoss").asDouble()));
    awaitCourse(run, "lowest in epoch " + known.path("bestEpoch"));
    PageChecks.hold(browser);
    assertThat(browser.text(row(run) + " .left")).as("time left of a run that is over").isEmpty();
  }

  @Test
  void growsWithARunThatGoesOn() {
    try (ForeignTrainer trainer = console.foreignTrainer()) {
      RunId run = trainer.send("grows", List.of(epoch(0.9, 0.8), epoch(0.7, 0.6)));
      browser.open(console.page("/?text=" + run)).awaitText(row(run) + " .left", "≤ 11");
      awaitCourse(run, "0.600 in epoch 2");

      trainer.sendEpoch(run, 3, epoch(0.5, 0.75));

      browser
          .awaitText(row(run) + " .progress", "epoch 3")
          .awaitText(row(run) + " .training", "0.500")
          .awaitText(row(run) + " .validation", "0.750")
          .awaitText(row(run) + " .verdict", "No better for 1 epoch");
      awaitCourse(run, "0.800 in epoch 1, 0.750 in epoch 3, lowest in epoch 2");
    }
  }

  @Test
  void keepsWhatIsFilteredInTheAddress() {
    try (ForeignTrainer trainer = console.foreignTrainer()) {
      final RunId sound = trainer.send("sieve-sound", List.of(epoch(0.9, 0.8)));
      RunId overfits = trainer.send("sieve-overfits", Collections.nCopies(20, epoch(0.1, 0.9)));
      browser.open(console.page("/"));
      browser.awaitText(row(overfits) + " .alerts", "generalizationGap");

      browser.find("#filters [name=text]").sendKeys("sieve");
      await().atMost(Browser.PATIENCE).until(() -> names().size() == 2);
      assertThat(browser.address().getQuery()).isEqualTo("text=sieve");
      browser.find("#filters [name=alerts]").click();
      browser.awaitText("#found", "1 run of");
      browser.find("#filters [name=experiment] [value=foreign]").click();
      browser.find("#filters [name=phase] [value=RUNNING]").click();

      assertThat(names()).containsExactly("sieve-overfits");
      assertThat(browser.address().getQuery())
          .isEqualTo("text=sieve&alerts=open&experiment=foreign&phase=running");
      PageChecks.hold(browser);

      browser.open(browser.address()).awaitText("#found", "1 run of");
      assertThat(names()).as("after a reload").containsExactly("sieve-overfits");
      browser.find("#filters [name=phase] [value=FAILED]").click();
      browser.awaitText("#none", "No run is so");
      browser.find("#filters [name=clear]").click();
      browser.awaitText(row(sound), "sieve-sound");
      assertThat(browser.address().getQuery()).isNull();
    }
  }

  @Test
  void sortsByAColumnWithTheKeyboard() {
    try (ForeignTrainer trainer = console.foreignTrainer()) {
      trainer.send("order-b", List.of(epoch(1, 0.2)));
      trainer.send("order-nan", List.of(epoch(1, Double.NaN)));
      trainer.send("order-c", List.of(epoch(1, 0.3)));
      trainer.send("order-a", List.of(epoch(1, 0.1)));
    }
    browser.open(console.page("/?text=order-"));
    await().atMost(Browser.PATIENCE).until(() -> names().size() == 4);
    WebElement loss = browser.find("[data-sort=validationLoss] button");

    loss.sendKeys(Keys.ENTER);
    awaitNames("order-a", "order-b", "order-c", "order-nan");
    assertThat(sorted()).isEqualTo("ascending");
    loss.sendKeys(Keys.SPACE);
    awaitNames("order-c", "order-b", "order-a", "order-nan");
    assertThat(sorted()).isEqualTo("descending");
    assertThat(browser.address().getQuery())
        .isEqualTo("text=order-&sort=validationLoss&order=descending");
    assertThat(browser.text("tr:last-child .validation")).isEqualTo("not a number");
    PageChecks.hold(browser);

    browser.open(browser.address());
    awaitNames("order-c", "order-b", "order-a", "order-nan");
    browser.find("[data-sort=validationLoss] button").sendKeys(Keys.ENTER);
    awaitNames("order-a", "order-c", "order-nan", "order-b");
    assertThat(sorted()).as("the newest first").isEqualTo("none");
  }

  /** Rows change places under somebody's hands: who is in one stays in it. */
  @Test
  void keepsTheFocusInARowThatMoves() {
    try (ForeignTrainer trainer = console.foreignTrainer()) {
      RunId first = trainer.send("moves-first", List.of(epoch(1, 0.2)));
      trainer.send("moves-second", List.of(epoch(1, 0.3)));
      browser.open(console.page("/?text=moves-&sort=validationLoss"));
      awaitNames("moves-first", "moves-second");
      browser.ask("document.querySelector(arguments[0]).focus()", row(first) + " a");

      trainer.sendEpoch(first, 2, epoch(1, 0.4));

      awaitNames("moves-second", "moves-first");
      assertThat(browser.ask("return document.activeElement.innerText")).isEqualTo("moves-first");
    }
  }

  @Test
  void comparesTheRunsThatAreTicked() {
    try (ForeignTrainer trainer = console.foreignTrainer()) {
      RunId one = trainer.send("pair-one", List.of(epoch(1, 0.2)));
      RunId two = trainer.send("pair-two", List.of(epoch(1, 0.3)));
      browser.open(console.page("/?text=pair-"));
      awaitNames("pair-two", "pair-one");

      browser.find(row(one) + " input").sendKeys(Keys.SPACE);
      assertThat(browser.find("#compare").isDisplayed()).as("of one alone").isFalse();
      browser.find(row(two) + " input").sendKeys(Keys.SPACE);
      browser.awaitText("#compare", "Compare 2 runs");
      browser.find("#compare").click();

      browser.awaitText("#verdict", "The lowest validationLoss is 0.200: pair-one");
    }
  }

  @Test
  void goesOnByItselfWhenTheMonitorIsBack() {
    try (LongRun run = LongRun.start(console.stack(), "goes-on")) {
      browser.open(console.page("/")).awaitText("#connection", "Live");

      console.stack().processes().kill("monitor");
      browser.awaitText("#connection", "out of reach");
      console.stack().processes().start("monitor");

      browser.awaitText("#connection", "Live");
      // What the browser says of a server that is gone is no fault of the page; that it asked the
      // one that is back for runs which that one hadn't read yet would be.
      assertThat(browser.complaints()).noneMatch(complaint -> complaint.contains("404"));
      int later = run.epoch() + 2;
      await().atMost(Browser.PATIENCE).until(() -> shownEpoch(run.id()) >= later);
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

  private int shownEpoch(RunId run) {
    String[] shown = browser.text(row(run) + " .progress").split(" ");
    return shown.length < 2 ? 0 : Integer.parseInt(shown[1]);
  }

  @SuppressWarnings("unchecked")
  private List<String> names() {
    return (List<String>)
        browser.ask(
            "return [...document.querySelectorAll('tbody .run a')].map((name) => name.innerText)");
  }

  private void awaitNames(String... names) {
    await()
        .atMost(Browser.PATIENCE)
        .untilAsserted(() -> assertThat(names()).containsExactly(names));
  }

  private String sorted() {
    return browser.find("[data-sort=validationLoss]").getAttribute("aria-sort");
  }

  private void awaitCourse(RunId run, String said) {
    await()
        .atMost(Browser.PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(browser.find(row(run) + " .sparkline").getAttribute("aria-label"))
                    .contains(said));
  }

  private static Map<String, Double> epoch(double trainingLoss, double validationLoss) {
    return Map.of(
        "trainingLoss", trainingLoss, "validationLoss", validationLoss, "epochSeconds", 2.0);
  }

  private static String row(RunId run) {
    return "[data-run='" + run + "']";
  }
}
