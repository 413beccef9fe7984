package dev.bridle.endtoend.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bridle.events.RunId;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The replay page: any rule over any run, and what it would have saved and cost. */
@Tag("browser")
@ExtendWith(Console.class)
class ReplayPageIT {
  private final Console console;
  private final Browser browser;
  private final RunId run;

  ReplayPageIT(Console console) {
    this.console = console;
    browser = console.browser();
    run = console.finished("diabetes");
  }

  @Test
  void saysAtOnceWhatADraggedSliderChanges() {
    open("rule=patience&patience=2");
    browser.awaitText("#table", saved(patience(2)));
    String before = browser.text("#verdict");

    WebElement slider = browser.find("[data-setting=patience] input[type=range]");
    slider.sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);

    JsonNode expected = patience(6);
    browser
        .awaitText("[data-sum=Saved]", saved(expected))
        .awaitText(
            "[data-run] .sentence",
            "Would have stopped after epoch " + expected.path("stopEpoch").asInt());
    assertThat(browser.text("#verdict")).isNotEqualTo(before);
    assertThat(browser.address().getQuery()).contains("patience=6");
    assertThat(browser.find("[data-run] canvas").isDisplayed()).isTrue();
    PageChecks.hold(browser);
  }

  @Test
  void offersEveryRuleThatTheMonitorCanReplayWithItsSettings() {
    open("rule=prechelt");
    browser.awaitText("#rule-said", "generalization loss");

    JsonNode rules = console.stack().read(console.page("/v1/rules")).path("rules");
    List<String> replayable =
        StreamSupport.stream(rules.spliterator(), false)
            .map(rule -> rule.path("rule").asText())
            .filter(rule -> !rule.equals("stalledRun"))
            .toList();

    assertThat(browser.findAll("#rule option"))
        .extracting(option -> option.getAttribute("value"))
        .containsExactlyInAnyOrderElementsOf(replayable);
    for (JsonNode rule : rules) {
      if (rule.path("rule").asText().equals("prechelt")) {
        rule.path("settings")
            .forEach(
                setting ->
                    assertThat(
                            browser.findAll(
                                "[data-setting='" + setting.path("name").asText() + "']"))
                        .as(setting.toString())
                        .hasSize(1));
      }
    }
    PageChecks.hold(browser);
  }

  @Test
  void replaysEveryRuleThatItOffersWithoutAnError() {
    open("rule=patience&patience=3");
    browser.awaitText("#table", "diabetes");

    for (WebElement option : browser.findAll("#rule option")) {
      String rule = option.getAttribute("value");
      option.click();
      await(rule)
          .atMost(Browser.PATIENCE)
          .until(() -> browser.address().getQuery().contains("rule=" + rule));
      await(rule)
          .atMost(Browser.PATIENCE)
          .until(() -> "false".equals(browser.find("#outcome").getAttribute("aria-busy")));
      assertThat(browser.text("#rule-error")).as(rule).isEmpty();
    }

    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void saysAtTheFieldWhatIsWrongWithIt() {
    open("rule=patience&patience=2");
    browser.awaitText("#table", "diabetes");

    WebElement field = browser.find("#setting-patience");
    field.clear();
    field.sendKeys("-3");

    browser
        .awaitText("#setting-patience-fault", "patience should be at least 0")
        .awaitText("#verdict", "could not replay");
    assertThat(field.getAttribute("aria-invalid")).isEqualTo("true");
    // The browser itself remarks on the refusal.
    assertThat(browser.complaints()).isNotEmpty().allMatch(said -> said.contains("400"));
    PageChecks.hold(browser);

    field.clear();
    field.sendKeys("2");
    browser.awaitText("#table", saved(patience(2)));
    assertThat(browser.text("#setting-patience-fault")).isEmpty();
  }

  private void open(String query) {
    browser.open(console.page("/replay.html?" + query + "&run=" + run));
  }

  private static String saved(JsonNode row) {
    return row.path("epochsSaved").asText();
  }

  /** What the monitor itself says of the run under that patience. */
  private JsonNode patience(int patience) {
    String ask =
        "{\"policy\": {\"rules\": [{\"rule\": \"patience\", \"patience\": %d}]}, \"runs\": [\"%s\"]}"
            .formatted(patience, run);
    JsonNode row = console.stack().post(console.page("/v1/replay"), ask, 200).path("runs").get(0);
    assertThat(row.has("stopEpoch")).as("patience %d stops the run: %s", patience, row).isTrue();
    return row;
  }
}
