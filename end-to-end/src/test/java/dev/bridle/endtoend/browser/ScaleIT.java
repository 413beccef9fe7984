package dev.bridle.endtoend.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bridle.events.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many runs and long ones: the pages stay usable, for nothing that they do takes long at once. */
@Tag("browser")
@ExtendWith(Console.class)
class ScaleIT {
  private static final int RUNS = 1000;
  private static final int EPOCHS = 10_000;
  private static final int LAYERS = 8;
  private static final int MORE = 20;

  /** Somebody who types or scrolls notices a page that is busy for longer. */
  private static final double NOTICED_MILLIS = 1000;

  private final Console console;
  private final Browser browser;

  ScaleIT(Console console) {
    this.console = console;
    browser = console.browser();
  }

  @Test
  void aRunOfTenThousandEpochsThatGoesOn() {
    try (ForeignTrainer trainer = console.foreignTrainer()) {
      List<Map<String, Double>> epochs = new ArrayList<>();
      for (int i = 1; i <= EPOCHS; i++) {
        epochs.add(metrics(i));
      }
      RunId run = trainer.send("long", epochs);
      awaitEpoch(run, EPOCHS);
      browser.open(console.page("/run.html?id=" + run));
      browser.awaitText("#trained", "epoch " + EPOCHS).awaitText("#charts", "layer8");
      watch();

      for (int i = 1; i <= MORE; i++) {
        trainer.sendEpoch(run, EPOCHS + i, metrics(EPOCHS + i));
      }

      browser.awaitText("#trained", "epoch " + (EPOCHS + MORE));
      assertThat(longestTask("of a run of " + EPOCHS + " epochs")).isLessThan(NOTICED_MILLIS);
    }
  }

  @Test
  void aThousandRuns() {
    try (ForeignTrainer trainer = console.foreignTrainer()) {
      RunId last = null;
      for (int i = 0; i < RUNS; i++) {
        last = trainer.send("many-" + i, List.of(metrics(1), metrics(2)));
      }
      awaitEpoch(last, 2);
      browser.open(console.page("/"));
      browser.awaitText("#connection", "Live").awaitText("#more", "Show 100 more of 1");
      watch();
      browser.find("[data-sort=validationLoss] button").click();
      browser.find("[data-sort=validationLoss] button").click();
      browser.find("[data-sort=validationLoss] button").click();

      for (int i = 1; i <= MORE; i++) {
        trainer.sendEpoch(last, 2 + i, metrics(2 + i));
      }

      browser.awaitText("[data-run='" + last + "'] .progress", "epoch " + (2 + MORE));
      showAll();
      browser.find("#filters [name=text]").sendKeys("many-99");
      browser.awaitText("#found", "11 runs of");
      assertThat(longestTask("of " + RUNS + " runs")).isLessThan(NOTICED_MILLIS);
    }
  }

  private void showAll() {
    while (browser.find("#more").isDisplayed()) {
      long before = rows();
      browser.ask("document.getElementById('more').click()");
      await().atMost(Browser.PATIENCE).until(() -> rows() > before);
    }
    assertThat(rows()).isGreaterThanOrEqualTo(RUNS);
  }

  private long rows() {
    return (Long) browser.ask("return document.querySelectorAll('tbody tr').length");
  }

  private void awaitEpoch(RunId run, int epoch) {
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .until(() -> console.stack().monitored(run).path("lastEpoch").asInt() >= epoch);
  }

  private void watch() {
    browser.ask(
        "window.longest = 0; new PerformanceObserver((list) => { for (const task of"
            + " list.getEntries()) window.longest = Math.max(window.longest, task.duration);"
            + " }).observe({entryTypes: ['longtask']})");
  }

  /** In milliseconds, since it is watched; 0 if none took 50. */
  private double longestTask(String what) {
    double longest = ((Number) browser.ask("return window.longest")).doubleValue();
    System.out.printf("Longest task of the page %s: %.0f ms%n", what, longest);
    return longest;
  }

  private static Map<String, Double> metrics(int epoch) {
    Map<String, Double> metrics = new HashMap<>();
    metrics.put("trainingLoss", 1.0 / Math.sqrt(epoch));
    metrics.put("validationLoss", 0.4 + 1.0 / Math.sqrt(epoch) + 0.01 * Math.sin(epoch));
    for (int i = 1; i <= LAYERS; i++) {
      metrics.put("gradientNorm/layer" + i, i / Math.sqrt(epoch));
      metrics.put("weightNorm/layer" + i, i * Math.sqrt(epoch));
      metrics.put("updateRatio/layer" + i, 1e-3 / i);
    }
    return metrics;
  }
}
