package dev.bridle.endtoend.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

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
  void hasEveryFieldThatTheTrainersSchemaHas() {
    open("digits-plain");
    browser.find("#more > summary").click();
    browser.awaitText("#more-fields", "training.optimizer.beta1");

    fill("training.optimizer.kind", "sgd");
    browser.awaitText("#more-fields", "training.optimizer.momentum");
    assertThat(browser.text("#more-fields")).doesNotContain("beta1");
    fill("training.optimizer.momentum", "0.5");
    fill("export.announce", "false");

    JsonNode said = spec();
    assertThat(said.at("/training/optimizer/kind").asText()).isEqualTo("sgd");
    assertThat(said.at("/training/optimizer/momentum").isNumber()).isTrue();
    assertThat(said.at("/export/announce").isBoolean()).isTrue();
    assertThat(browser.text("[id='hint-training.optimizer.momentum']"))
        .contains("From 0. Below 1.");
    PageChecks.hold(browser);

    fill("training.optimizer.momentum", "2");
    assertThat(fault("training.optimizer.momentum"))
        .isEqualTo("should be at least 0 and below 1: was 2");
    assertThat(isMarked("training.optimizer.momentum")).isTrue();
    PageChecks.hold(browser);
  }

  @Test
  void saysAtTheFieldWhatItsLimitsRefuseAndSendsNothing() {
    open("diabetes");
    fill("training.epochs", "0");

    browser.awaitText("#faults", "training.epochs should be between 1 and 100000: was 0");
    assertThat(fault("training.epochs")).isEqualTo("should be between 1 and 100000: was 0");
    browser.find("button[type=submit]").click();

    assertThat(isMarked("training.epochs")).isTrue();
    assertThat(focused()).isEqualTo("field-training.epochs");
    assertThat(browser.text("#outcome")).isEmpty();
    PageChecks.hold(browser);
  }

  /** What concerns several fields at once is the trainer's alone to say. */
  @Test
  void saysAtTheFieldWhatTheTrainerRefuses() {
    open("digits-cnn");
    add("heads", "classification");
    fill("heads[0].target", "label");
    add("heads", "classification");
    fill("heads[1].target", "label");
    browser.find("button[type=submit]").click();

    browser.awaitText("#faults", "heads[1].name should be given once: was 'label' again");
    assertThat(fault("heads[1].name")).as("unfolded").contains("should be given once");
    assertThat(isMarked("heads[1].name")).isTrue();
    assertThat(focused()).isEqualTo("field-heads[1].name");
    assertThat(browser.text("#outcome")).isEmpty();
    assertThat(browser.complaints())
        .as("of the refusal alone")
        .singleElement()
        .asString()
        .contains("400");
    PageChecks.hold(browser);
  }

  @Test
  void addsRemovesAndOrdersTechniquesByTheKeyboard() {
    open("digits-cnn");
    browser.find("#variant-regularization").sendKeys("labelSmoothing");
    press("add-regularization", Keys.ENTER);

    assertThat(spec().at("/regularization/3/technique").asText()).isEqualTo("labelSmoothing");
    assertThat(focused()).startsWith("field-regularization[3].");
    assertThat(browser.text("#changed")).contains("Added: labelSmoothing, 4 of 4");
    press("earlier-regularization[3]", Keys.SPACE);
    assertThat(spec().at("/regularization/2/technique").asText()).isEqualTo("labelSmoothing");
    press("remove-regularization[0]", Keys.ENTER);

    assertThat(techniques()).containsExactly("shift", "labelSmoothing", "weightDecay");
    assertThat(focused()).isEqualTo("add-regularization");
    assertThat(browser.text("#changed")).isEqualTo("Removed: rotation; 3 left.");
    fill("regularization[2].strength", "-1");
    assertThat(fault("regularization[2].strength"))
        .isEqualTo("should be between 0 and 100: was -1");
    PageChecks.hold(browser);
    fill("regularization[2].strength", "");
    assertThat(spec().at("/regularization/2").size()).as("settings left to their default").isOne();
    for (int i = 0; i < 3; i++) {
      press("remove-regularization[0]", Keys.ENTER);
    }
    assertThat(spec().has("regularization")).isFalse();
  }

  @Test
  void buildsAPolicyFromTheMonitorsRules() {
    open("digits-plain");
    press("remove-policy.rules[1]", Keys.ENTER);
    press("remove-policy.rules[0]", Keys.ENTER);
    assertThat(spec().has("policy")).as("a policy without rules").isFalse();

    add("policy.rules", "patience");
    fill("policy.rules[0].patience", "3");
    add("policy.rules", "explodingGradient");
    fill("policy.rules[1].action.kind", "reduceLearningRate");
    fill("policy.rules[1].action.factor", "0.25");

    assertThat(spec().at("/policy/rules/0/patience").asInt()).isEqualTo(3);
    assertThat(spec().at("/policy/rules/1/action").toString())
        .isEqualTo("{\"kind\":\"reduceLearningRate\",\"factor\":0.25}");
    fill("policy.rules[1].action.kind", "");
    assertThat(spec().at("/policy/rules/1").has("action")).isFalse();
    fill("policy.rules[0].patience", "-3");
    assertThat(fault("policy.rules[0].patience")).isEqualTo("should be at least 0: was -3");
    PageChecks.hold(browser);
  }

  @Test
  void trainsWhatItsListsSay() {
    open("digits-cnn");
    fill("name", "by-its-lists");
    fill("training.epochs", "2");
    add("heads", "classification");
    browser.find("button[type=submit]").click();
    assertThat(fault("heads[0].target")).as("before it is filled in").isEqualTo("is required");
    fill("heads[0].target", "label");
    browser.find("#more > summary").click();
    press("remove-model.blocks[1]", Keys.ENTER);
    add("model.hidden", null);
    fill("model.hidden[1]", "16");
    add("regularization", "l1");
    fill("regularization[3].strength", "0.00001");
    PageChecks.hold(browser);

    browser.find("button[type=submit]").click();

    browser.awaitText("#outcome", "Submitted: by-its-lists-");
    browser.find("#outcome a").click();
    browser
        .awaitText("#trained", "of 2")
        .awaitText("[data-technique=l1]", "strength 0.00001")
        .awaitText("[data-technique=weightDecay]", "strength 0.01");
  }

  private void open(String example) {
    browser.open(console.page("/submit.html"));
    browser.awaitText("#lists", "Rules that judge it");
    browser.ask(
        "const list = document.getElementById('example'); list.value = arguments[0];"
            + "list.dispatchEvent(new Event('change'))",
        example);
    await().atMost(Browser.PATIENCE).until(() -> value("name").equals(example));
  }

  /** One more, its variant chosen where there are several. */
  private void add(String list, String variant) {
    browser.ask(
        "const choice = document.getElementById('variant-' + arguments[0]);"
            + "if (choice) choice.value = arguments[1];"
            + "document.getElementById('add-' + arguments[0]).click()",
        list,
        variant);
  }

  private void press(String id, Keys key) {
    browser.find("[id='" + id + "']").sendKeys(key);
  }

  private String focused() {
    return (String) browser.ask("return document.activeElement.id");
  }

  private String fault(String field) {
    return browser.text("[id='fault-" + field + "']");
  }

  private boolean isMarked(String field) {
    return "true".equals(browser.find("[id='field-" + field + "']").getAttribute("aria-invalid"));
  }

  private JsonNode spec() {
    try {
      return new ObjectMapper()
          .readTree((String) browser.ask("return document.getElementById('spec').value"));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> techniques() {
    return spec().path("regularization").findValuesAsText("technique");
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
