package dev.bridle.endtoend.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bridle.endtoend.LiveStack;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Studies: started from an example, followed, and what they found. */
@Tag("browser")
@ExtendWith(Console.class)
class StudiesPageIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Console console;
  private final Browser browser;

  StudiesPageIT(Console console) {
    this.console = console;
    browser = console.browser();
  }

  @Test
  void startsAnExampleAndShowsWhatEachTechniqueBought() throws Exception {
    openTheForm();
    fill("name", "from-the-page");
    fill("seeds", "2");
    ObjectNode spec = (ObjectNode) JSON.readTree(value("spec"));
    assertThat(spec.path("seeds").asInt()).as("what the field says").isEqualTo(2);
    ((ObjectNode) spec.at("/spec/training")).put("epochs", 3);
    spec.putArray("without").add("dropout").add("l2");
    write(spec);

    browser.find("#form button").click();
    browser
        .awaitText("#started", "Started from-the-page-")
        .awaitText("#study-title", "from-the-page")
        .awaitText("#progress", "of 6 runs ended");
    String id = browser.address().getQuery().substring("study=".length());
    JsonNode ended = awaitEnd(id);

    browser.awaitText("#badge", "Ended").awaitText("#progress", "6 of 6 runs ended");
    for (JsonNode receipt : ended.at("/report/receipts")) {
      double mean = 100 * receipt.at("/gain/mean").asDouble();
      browser
          .awaitText("[data-receipt='" + receipt.path("of").asText() + "']", points(mean))
          .awaitText("#plot", receipt.path("of").asText());
    }
    assertThat(browser.findAll("#receipts tbody tr")).hasSize(2);
    assertThat(browser.findAll("#plot circle")).hasSize(2);
    browser
        .awaitText("#plot", "gain in label/accuracy, better to the right")
        .awaitText("#plot", "(percentage points)")
        .awaitText("#recommendation", ended.at("/report/recommendation/0").asText())
        .awaitText("#list", "from-the-page");
    assertThat(browser.findAll("[data-arm='full'] .links a")).hasSize(2);
    PageChecks.hold(browser);

    browser.find("[data-arm='without-l2'] .links a").click();
    browser.awaitText("#name", "without-l2").awaitText("#where", id);
  }

  @Test
  void namesTheFeaturesThatL1BroughtToZero() throws Exception {
    ObjectNode study = example();
    study.put("name", "sparse").put("seeds", 2).putArray("without").add("l1");
    ObjectNode spec = study.withObject("/spec");
    spec.putArray("regularization").addObject().put("technique", "l1").put("strength", 0.5);
    spec.withObject("/training").put("epochs", 12).remove("batchSize");
    spec.withObject("/training/optimizer").put("kind", "adam").put("learningRate", 0.01);
    // With flipped labels the best epoch would be one before anything is zero, and as an image all
    // pixels are scaled alike: those that are always dark would not stand still.
    spec.withObject("/data").remove(List.of("labelNoise", "image"));
    spec.withObject("/data/split").put("training", 0.1).put("validation", 0.1);
    spec.withObject("/model").putArray("hidden").add(16);
    String id = submit(study);
    JsonNode unused = awaitEnd(id).at("/report/arms/0/unusedFeatures");
    assertThat(unused).as("features at zero in every run").isNotEmpty();

    browser.open(console.page("/studies.html?study=" + id));

    browser.awaitText("#unused", "Never looked at by full: " + unused.get(0).asText());
    assertThat(browser.text("[data-arm='full'] td:nth-of-type(3)")).isEqualTo("" + unused.size());
    PageChecks.hold(browser);
  }

  @Test
  void cancelsAStudyOnceItIsMeant() throws Exception {
    ObjectNode study = JSON.createObjectNode().put("name", "too-long").put("seeds", 2);
    ObjectNode spec = LiveStack.spec("diabetes.json", "too-long");
    spec.withObject("/training").put("epochs", 90_000);
    spec.withObject("/policy")
        .putArray("rules")
        .addObject()
        .put("rule", "maxEpochs")
        .put("maxEpochs", 89_000);
    study.set("spec", spec);
    study.putArray("without").add("dropout");
    String id = submit(study);
    try {
      browser.open(console.page("/studies.html?study=" + id));
      browser
          .awaitText("#study #badge", "Running")
          .awaitText("#waiting", "Nothing to say yet")
          .awaitText("#receipts", "gain (standard deviations of the target)")
          .awaitText("#recommendation", "Comes when every run has ended");
      PageChecks.hold(browser);

      browser.find("#cancel").click();
      browser.awaitText("#sure", "can't be taken back");
      browser.find("#sure button[value='cancel']").click();

      browser.awaitText("#study #badge", "Cancelled").awaitText("#progress", "4 of 4 runs ended");
      assertThat(browser.find("#cancel").isDisplayed()).as("once it is over").isFalse();
      browser.awaitText("[data-receipt='dropout']", "Not shown not known not known not known 0");
      PageChecks.hold(browser);
    } finally {
      // Were it to go on, all others would wait for it.
      cancelUnlessEnded(id);
    }
  }

  @Test
  void saysWhatTheTrainerRefuses() throws Exception {
    openTheForm();
    fill("seeds", "0");
    browser.find("#form button").click();

    browser.awaitText("#faults", "seeds should be between");
    assertThat(browser.find("#seeds").getAttribute("aria-invalid")).isEqualTo("true");
    assertThat(browser.text("#started")).isEmpty();
    assertThat(browser.complaints())
        .as("of the refusal")
        .singleElement()
        .asString()
        .contains("400");
    PageChecks.hold(browser);
  }

  private void openTheForm() {
    browser.open(console.page("/studies.html")).awaitText("#connection", "Live");
    browser.find("#starting summary").click();
    await().atMost(Browser.PATIENCE).until(() -> value("name").equals("digits-receipt"));
  }

  private JsonNode awaitEnd(String study) {
    return await()
        .atMost(LiveStack.LONG)
        .until(
            () -> console.stack().read(trainer("/v1/studies/" + study)),
            view -> view.path("phase").asText().equals("ENDED"));
  }

  private void cancelUnlessEnded(String study) {
    JsonNode view = console.stack().read(trainer("/v1/studies/" + study));
    if (!view.path("phase").asText().equals("ENDED")) {
      console.stack().post(trainer("/v1/studies/" + study + "/cancel"), "", 200);
    }
  }

  private String submit(JsonNode study) {
    return console
        .stack()
        .post(trainer("/v1/studies"), study.toString(), 201)
        .path("study")
        .asText();
  }

  private URI trainer(String path) {
    return console.stack().processes().layout().trainer().resolve(path);
  }

  private static ObjectNode example() throws IOException {
    return (ObjectNode)
        JSON.readTree(LiveStack.PROJECT.resolve("examples/studies/digits-receipt.json").toFile());
  }

  private void fill(String field, String text) {
    browser.ask(
        "const box = document.getElementById(arguments[0]); box.value = arguments[1];"
            + "box.dispatchEvent(new Event('change'))",
        field,
        text);
  }

  private void write(JsonNode spec) {
    browser.ask(
        "const box = document.getElementById('spec'); box.value = arguments[0];"
            + "box.dispatchEvent(new Event('input'))",
        spec.toString());
  }

  private String value(String id) {
    return (String) browser.ask("return document.getElementById(arguments[0]).value", id);
  }

  /** As the page says a gain. */
  private static String points(double gain) {
    String sign = gain < 0 ? "\u2212" : gain > 0 ? "+" : "";
    return sign + String.format(Locale.ROOT, "%.2f", Math.abs(gain));
  }
}
