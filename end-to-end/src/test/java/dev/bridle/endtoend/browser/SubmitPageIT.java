package dev.bridle.endtoend.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A run is submitted from an example, changed, and followed to its own page. */
@Tag("browser")
@ExtendWith(Console.class)
class SubmitPageIT {
  private final Console console;
  private final Browser browser;

  SubmitPageIT(Console console) {
    this.console = console;
    browser = console.browser();
  }

  @Test
  void submitsAnExampleThatWasChanged() {
    open("diabetes");
    fill("name", "from-the-form");
    fill("training.epochs", "3");
    browser.find("button[type=submit]").click();

    browser.awaitText("#outcome", "Submitted: from-the-form-");
    browser.find("#outcome a").click();
    browser.awaitText("#name", "from-the-form").awaitText("#trained", "of 3");
  }

  @Test
  void everyExampleFillsTheForm() {
    open("digits-dropout");
    for (var option : browser.findAll("#example option")) {
      String example = option.getText();
      browser.ask(
          "const list = document.getElementById('example'); list.value = arguments[0];"
              + "list.dispatchEvent(new Event('change'))",
          example);
      await().atMost(Browser.PATIENCE).until(() -> value("name").equals(example));
    }
    PageChecks.hold(browser);
  }

  @Test
  void hasEveryFieldThatTheTrainersSchemaHas() throws Exception {
    open("digits-plain");
    browser.find("#more summary").click();
    browser.awaitText("#more-fields", "training.optimizer.beta1");

    fill("training.optimizer.kind", "sgd");
    browser.awaitText("#more-fields", "training.optimizer.momentum");
    assertThat(browser.text("#more-fields")).doesNotContain("beta1");
    fill("training.optimizer.momentum", "0.5");
    fill("export.announce", "false");

    JsonNode said =
        new ObjectMapper()
            .readTree((String) browser.ask("return document.getElementById('spec').value"));
    assertThat(said.at("/training/optimizer/kind").asText()).isEqualTo("sgd");
    assertThat(said.at("/training/optimizer/momentum").isNumber()).isTrue();
    assertThat(said.at("/export/announce").isBoolean()).isTrue();
    assertThat(browser.text("[id='hint-training.optimizer.momentum']"))
        .contains("From 0. Below 1.");
    PageChecks.hold(browser);

    fill("training.optimizer.momentum", "2");
    browser.find("button[type=submit]").click();
    browser.awaitText("#faults", "training.optimizer.momentum");
    assertThat(
            browser.find("[id='field-training.optimizer.momentum']").getAttribute("aria-invalid"))
        .isEqualTo("true");
    assertThat(browser.complaints())
        .as("of the refusal")
        .singleElement()
        .asString()
        .contains("400");
  }

  @Test
  void saysAtTheFieldWhatTheTrainerRefuses() {
    open("diabetes");
    fill("training.epochs", "0");
    browser.find("button[type=submit]").click();

    browser.awaitText("#faults", "training.epochs should be between 1 and 100000: was 0");
    assertThat(browser.find("[id='field-training.epochs']").getAttribute("aria-invalid"))
        .isEqualTo("true");
    assertThat(browser.text("#outcome")).isEmpty();
    assertThat(browser.complaints())
        .as("of the refusal alone")
        .singleElement()
        .asString()
        .contains("400");
    PageChecks.hold(browser);
  }

  private void open(String example) {
    browser.open(console.page("/submit.html"));
    browser.awaitText("#fields", "Epochs");
    browser.ask(
        "const list = document.getElementById('example'); list.value = arguments[0];"
            + "list.dispatchEvent(new Event('change'))",
        example);
    await().atMost(Browser.PATIENCE).until(() -> value("name").equals(example));
  }

  private void fill(String field, String text) {
    browser.ask(
        "const box = document.getElementById('field-' + arguments[0]); box.value = arguments[1];"
            + "box.dispatchEvent(new Event('change'))",
        field,
        text);
  }

  private String value(String field) {
    return (String)
        browser.ask("return document.getElementById('field-' + arguments[0]).value", field);
  }
}
