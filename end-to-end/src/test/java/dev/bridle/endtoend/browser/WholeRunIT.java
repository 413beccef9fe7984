package dev.bridle.endtoend.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bridle.endtoend.LiveStack;
import dev.bridle.events.RunId;
import java.net.URI;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What somebody does who never leaves the browser: from the form, past the curves, to an answer.
 */
@Tag("browser")
@ExtendWith(Console.class)
class WholeRunIT {
  private static final String MODEL = "whole-run";
  private static final String SEVEN =
      "0 0 7 8 13 16 15 1 0 0 7 7 4 11 12 0 0 0 0 0 8 13 1 0 0 4 8 8 15 15 6 0"
          + " 0 2 11 15 15 4 0 0 0 0 0 16 5 0 0 0 0 0 9 15 1 0 0 0 0 0 13 5 0 0 0 0";

  private final Console console;
  private final Browser browser;

  WholeRunIT(Console console) {
    this.console = console;
    browser = console.browser();
  }

  @Test
  void fromTheFormThroughTheLiveRunToAnAnswerOfItsModel() {
    browser.open(console.page("/submit.html"));
    browser.awaitText("#fields", "Epochs");
    change("example", "digits-cnn");
    await()
        .atMost(Browser.PATIENCE)
        .until(() -> browser.find("#field-name").getAttribute("value").equals("digits-cnn"));
    change("field-name", MODEL);
    change("field-export.model", MODEL);
    browser.find("button[type=submit]").click();
    browser.awaitText("#outcome", "Submitted: " + MODEL + "-");

    browser.find("#outcome a").click();
    browser.awaitText("#name", MODEL).awaitText("#badge", "Learning");
    int before = epochShown();
    await().atMost(LiveStack.LONG).until(() -> epochShown() > before + 1);
    await().atMost(LiveStack.LONG).until(() -> browser.find("#try").isDisplayed());
    browser
        .awaitText("#sentence", "its best, were restored")
        .awaitText("#events", "Model exported");
    RunId run = new RunId(browser.address().getQuery().substring("id=".length()));
    PageChecks.hold(browser);

    browser.find("#try").click();
    URI playground = awaitServed();
    assertThat(playground.getQuery()).isEqualTo("model=" + MODEL);
    browser.ask(
        "const row = document.getElementById('row'); row.value = arguments[0];"
            + "row.dispatchEvent(new Event('input'))",
        SEVEN);

    browser.awaitText("#sentence", "It says 7, with");
    browser.awaitText("#outputs", "mean of the sub-networks");
    JsonNode served =
        console
            .stack()
            .read(console.stack().processes().layout().inference().resolve("/v2/models/" + MODEL));
    assertThat(served.path("versions"))
        .as("versions served of the model that was just trained")
        .extracting(JsonNode::asText)
        .containsExactly(console.stack().monitored(run).at("/model/version").asText());
    PageChecks.hold(browser);
  }

  /** Inference fetches what was announced: that takes a moment. */
  private URI awaitServed() {
    return await()
        .atMost(Browser.PATIENCE)
        .until(
            () -> {
              URI page = browser.address();
              browser.open(page).awaitText("#sentence", "It ");
              return page;
            },
            page -> browser.text("#trouble").isEmpty() && browser.text("#model").contains(MODEL));
  }

  private int epochShown() {
    String[] shown = browser.text("#trained").split(" ");
    return shown.length < 2 ? 0 : Integer.parseInt(shown[1]);
  }

  private void change(String id, String value) {
    browser.ask(
        "const field = document.getElementById(arguments[0]); field.value = arguments[1];"
            + "field.dispatchEvent(new Event('change'))",
        id,
        value);
  }
}
