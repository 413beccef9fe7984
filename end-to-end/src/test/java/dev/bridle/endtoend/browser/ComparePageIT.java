package dev.bridle.endtoend.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bridle.events.RunId;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;

/** The comparison: any runs, by any of their metrics, in one plot. */
@Tag("browser")
@ExtendWith(Console.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ComparePageIT {
  private final Console console;
  private final Browser browser;
  private ForeignTrainer trainer;
  private RunId low;
  private RunId high;

  ComparePageIT(Console console) {
    this.console = console;
    browser = console.browser();
  }

  @BeforeAll
  void train() {
    trainer = console.foreignTrainer();
    low = trainer.send("low", List.of(epoch(0.5, 0.6), epoch(0.25, 0.7), epoch(0.75, 0.4)));
    high = trainer.send("high", List.of(epoch(0.9, 0.9), epoch(Double.NaN, 0.8)));
  }

  @AfterAll
  void end() {
    trainer.close();
  }

  @Test
  void saysWhichRunGotFarthest() {
    open();
    browser
        .awaitText("#verdict", "The lowest validationLoss is 0.250: low, epoch 2.")
        .awaitText("[data-row='" + low + "']", "0.250 2 0.750")
        .awaitText("[data-row='" + high + "']", "0.900 1 not a number")
        .awaitText("#chart .key", "high not a number");
    assertThat(browser.find("#chart canvas").isDisplayed()).isTrue();
    PageChecks.hold(browser);

    browser.find("#metric").findElement(By.cssSelector("[value='a/accuracy']")).click();

    browser.awaitText("#verdict", "The highest a/accuracy is 0.900: high, epoch 1.");
    assertThat(browser.address().getQuery()).contains("metric=a/accuracy");
    PageChecks.hold(browser);
  }

  @Test
  void growsWithARunThatGoesOn() {
    RunId run = trainer.send("grows", List.of(epoch(0.5, 0.5)));
    browser.open(console.page("/compare.html?run=" + run)).awaitText("#verdict", "0.500: grows");

    trainer.sendEpoch(run, 2, epoch(0.125, 0.5));

    browser.awaitText("#verdict", "The lowest validationLoss is 0.125: grows, epoch 2.");
  }

  @Test
  void refusesToRankWhatIsInDifferentUnits() {
    RunId regression = console.finished("diabetes");
    RunId classification =
        trainer.send("likelihood", List.of(Map.of("validationLoss", 0.1, "a/nll", 0.1)));

    browser.open(console.page("/compare.html?run=" + regression + "&run=" + classification));

    browser.awaitText("#verdict", "in different units: dimensionless or nats");
  }

  @Test
  void narrowsALongListOfRuns() {
    IntStream.range(0, 9).forEach(i -> trainer.send("crowd-" + i, List.of(epoch(1, 1))));
    open();
    await()
        .atMost(Browser.PATIENCE)
        .until(() -> browser.text("#runs").contains("crowd-8") && shown() > 9);

    browser.find("#runs input[type=search]").sendKeys("crowd-3");

    await("the chosen two and the one that is meant")
        .atMost(Browser.PATIENCE)
        .until(() -> shown() == 3);
    PageChecks.hold(browser);
  }

  private void open() {
    browser.open(console.page("/compare.html?run=" + low + "&run=" + high));
  }

  private long shown() {
    return (Long)
        browser.ask("return document.querySelectorAll('#runs label:not([hidden])').length");
  }

  private static Map<String, Double> epoch(double validationLoss, double accuracy) {
    return Map.of("trainingLoss", 0.5, "validationLoss", validationLoss, "a/accuracy", accuracy);
  }
}
