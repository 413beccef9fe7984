package dev.bridle.endtoend.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bridle.events.RunId;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

/** A run's own page: everything that is known of it, live. */
@Tag("browser")
@ExtendWith(Console.class)
class RunPageIT {
  private final Console console;
  private final Browser browser;

  RunPageIT(Console console) {
    this.console = console;
    browser = console.browser();
  }

  @Test
  void tellsWhatHappenedAndWhere() {
    RunId run = console.finished("diabetes");
    JsonNode known = console.stack().monitored(run);
    JsonNode stop = known.path("decisions").get(0);

    browser.open(console.page("/")).awaitText("[data-run='" + run + "'] .run", "diabetes");
    browser.find("[data-run='" + run + "'] .run a").click();

    browser
        .awaitText("#sentence", "by patience: validationLoss has not improved for 15 epochs")
        .awaitText("#events", "Signal: stop training, by patience")
        .awaitText("#events", "epoch " + stop.path("epoch").asInt())
        .awaitText("#events", "obeyed after epoch " + stop.at("/answer/afterEpoch").asInt())
        .awaitText("#events", "after the signal")
        .awaitText("#facts", known.path("bestEpoch").asText())
        .awaitText("#origin", known.at("/model/sha256").asText());
    assertThat(browser.address().getQuery()).isEqualTo("id=" + run);
    assertThat(browser.findAll("#stop:not([hidden])"))
        .as("stop button of a run that is over")
        .isEmpty();
    PageChecks.hold(browser);
  }

  @Test
  void plotsEveryLayersNormsAndSaysItsRegularization() {
    RunId run = console.finished("diabetes");
    JsonNode metrics = console.stack().monitored(run).path("metrics");

    open(run);
    browser.awaitText("#knobs", "dropout/dropout1");

    for (String kind : List.of("gradientNorm/", "weightNorm/", "updateRatio/")) {
      String figure = "[data-chart='" + kind + "']";
      browser.ask("document.querySelector(arguments[0]).scrollIntoView()", figure);
      await().atMost(Browser.PATIENCE).until(() -> browser.findAll(figure + " canvas").size() == 1);
      metrics
          .fieldNames()
          .forEachRemaining(
              name -> {
                if (name.startsWith(kind)) {
                  assertThat(browser.text(figure + " .key"))
                      .contains(name.substring(kind.length()));
                }
              });
    }
    assertThat(browser.text("[data-knob='dropout/dropout1']")).contains("0.300").contains("none");
  }

  @Test
  void saysWhichTechniqueASignalStrengthenedAndWhen() {
    Consumer<ObjectNode> strengthened =
        spec -> {
          spec.putArray("regularization").addObject().put("technique", "l2").put("strength", 0.01);
          ObjectNode rule = spec.withObject("/policy").putArray("rules").addObject();
          rule.put("rule", "maxEpochs").put("maxEpochs", 2);
          rule.putObject("action")
              .put("kind", "strengthenRegularization")
              .put("technique", "l2")
              .put("factor", 4);
        };
    try (LongRun run = LongRun.start(console.stack(), "strengthened", strengthened)) {
      open(run.id());

      browser.awaitText("[data-technique='l2']", "× 4 after epoch");
      JsonNode signal = console.stack().monitored(run.id()).at("/decisions/0");
      int after = signal.at("/answer/afterEpoch").asInt();
      assertThat(after).isGreaterThanOrEqualTo(signal.path("epoch").asInt());
      browser
          .awaitText("[data-technique='l2']", "strength 0.01 × 4 × 4 after epoch " + after)
          .awaitText("#knobs", "in force after epoch " + after);
      PageChecks.hold(browser);
    }
  }

  @Test
  void drawsTheCurvesOnALogScaleAndSmoothed() {
    open(console.finished("diabetes"));
    browser.awaitText("#sentence", "Stopped");
    await().atMost(Browser.PATIENCE).until(() -> browser.findAll("#curves canvas").size() == 1);
    String before = picture();

    browser.find("#logarithmic").click();
    await().atMost(Browser.PATIENCE).until(() -> !picture().equals(before));
    String logarithmic = picture();
    browser.find("#smoothed").click();

    await().atMost(Browser.PATIENCE).until(() -> !picture().equals(logarithmic));
    PageChecks.hold(browser);
  }

  @Test
  void looksCloserAtAStretchOfEpochs() {
    open(console.finished("diabetes"));
    await().atMost(Browser.PATIENCE).until(() -> browser.findAll("#curves canvas").size() == 1);
    String whole = picture();

    browser.find("#from-epoch").sendKeys("5");
    browser.find("#to-epoch").sendKeys("8", Keys.ENTER);
    await().atMost(Browser.PATIENCE).until(() -> !picture().equals(whole));
    PageChecks.hold(browser);
    browser.find("#all-epochs").click();
    await().atMost(Browser.PATIENCE).until(() -> picture().equals(whole));

    browser.scrollTo("#curves-title");
    browser.drag("#curves .u-over", 0.25, 0.5);
    assertThat(shown("from")).isBetween(2, shown("to") - 1);
    await().atMost(Browser.PATIENCE).until(() -> !picture().equals(whole));
    browser.doubleClick("#curves .u-over");
    await().atMost(Browser.PATIENCE).until(() -> shown("from") == 0);
    assertThat(browser.find("#all-epochs").isDisplayed()).isFalse();
  }

  @Test
  void showsWhatIsNoFiniteNumber() {
    double nan = Double.NaN;
    double infinite = Double.POSITIVE_INFINITY;
    RunId run;
    try (ForeignTrainer trainer = console.foreignTrainer()) {
      run =
          trainer.send(
              "diverges",
              List.of(
                  Map.of("trainingLoss", 1.0, "validationLoss", 1.1, "gradientNorm/a", 2.0),
                  Map.of("trainingLoss", 4.0, "validationLoss", 5.0, "gradientNorm/a", 90.0),
                  Map.of("trainingLoss", 9.0, "validationLoss", nan, "gradientNorm/a", infinite),
                  Map.of("trainingLoss", nan, "validationLoss", nan, "gradientNorm/a", nan)));
    }

    open(run);

    browser
        .awaitText("#sentence", "The validation loss is not a number in 2 epochs, 3 to 4.")
        .awaitText("#sentence", "The training loss is not a number in epoch 4.")
        .awaitText("#curves-key", "validation loss not a number")
        .awaitText("[data-chart='gradientNorm/'] .key", "a not a number");
    Screenshots.of(browser, "run-not-finite", 1200);
    PageChecks.hold(browser);
  }

  @Test
  void stopsARunOnceItIsMeant() {
    try (LongRun run = LongRun.start(console.stack(), "stopped-by-hand")) {
      open(run.id());
      browser.awaitText("#badge", "Learning");
      await().atMost(Browser.PATIENCE).until(() -> browser.find("#stop").isDisplayed());

      browser.find("#stop").click();
      browser.awaitText("#sure", "Stop this run?");
      browser.find("#sure button[value='']").click();
      await().atMost(Browser.PATIENCE).until(() -> !browser.find("#sure").isDisplayed());
      assertThat(console.stack().monitored(run.id()).path("decisions")).isEmpty();

      browser.find("#stop").click();
      browser.find("#sure button[value='stop']").click();

      browser
          .awaitText("#sentence", "by manual: stopped by hand")
          .awaitText("#events", "Signal: stop training, by manual")
          .awaitText("#events", "obeyed after epoch");
      await().atMost(Browser.PATIENCE).until(() -> !browser.find("#stop").isDisplayed());
      console.stack().awaitSuccess(run.id());
      PageChecks.hold(browser);
    }
  }

  @Test
  void pausesARunLetsItGoOnAndBranchesANewOneOff() {
    try (LongRun run = LongRun.start(console.stack(), "owned")) {
      open(run.id());
      awaitShown("#pause");
      assertThat(browser.find("#resume").isDisplayed()).as("resume while it learns").isFalse();

      browser.find("#pause").click();
      browser.awaitText("#badge", "Paused").awaitText("#sentence", "paused by its owner");
      awaitShown("#resume");
      assertThat(browser.find("#pause").isDisplayed()).as("pause while it pauses").isFalse();
      assertThat(browser.text("#owner-said")).isEmpty();
      int checkpoint = run.epoch();
      PageChecks.hold(browser);

      browser.find("#branch").click();
      branch("its-branch", checkpoint);
      browser.awaitText("#branch-fault", "epoch " + checkpoint + ": was " + checkpoint);
      assertThat(browser.complaints())
          .as("of the refusal")
          .singleElement()
          .asString()
          .contains("400");
      PageChecks.hold(browser);
      branch("its-branch", checkpoint + 3);
      browser.awaitText("#owner-said", "Branched: its-branch-");
      URI paused = browser.address();
      browser.find("#owner-said a").click();
      browser
          .awaitText("#name", "its-branch")
          .awaitText("#sentence", "Trained all " + (checkpoint + 3) + " epochs");
      awaitShown("#branch");
      assertThat(browser.find("#pause").isDisplayed()).as("pause of a run that is over").isFalse();

      browser.open(paused);
      awaitShown("#resume");
      browser.find("#resume").click();
      browser.awaitText("#badge", "Learning").awaitText("#where", run.id().value());
      awaitShown("#pause");
      PageChecks.hold(browser);
    }
  }

  /** The page shows what the monitor knew; meanwhile the trainer may know better. */
  @Test
  void saysWhatTheTrainerRefuses() {
    RunId run;
    try (ForeignTrainer trainer = console.foreignTrainer()) {
      run = trainer.send("not-ours", List.of(Map.of("trainingLoss", 1.0, "validationLoss", 1.0)));
    }
    open(run);
    awaitShown("#pause");

    browser.find("#pause").click();

    browser.awaitText("#owner-said", "The trainer refused: there is no run '" + run + "'");
    assertThat(browser.find("#pause").isEnabled()).as("to be asked again").isTrue();
    assertThat(browser.complaints())
        .as("of the refusal")
        .singleElement()
        .asString()
        .contains("404");
  }

  @Test
  void saysThatARunIsNotKnown() {
    browser.open(console.page("/run.html?id=nobody"));

    browser.awaitText("#missing", "The monitor knows no run nobody");
    PageChecks.hold(browser);
  }

  private void open(RunId run) {
    browser.open(console.page("/run.html?id=" + run));
  }

  private void branch(String name, int epochs) {
    browser.ask(
        "document.getElementById('branch-name').value = arguments[0];"
            + "document.getElementById('branch-epochs').value = arguments[1]",
        name,
        epochs);
    browser.find("#branching button").click();
  }

  /** The epoch that a field says: 0 where it is empty. */
  private int shown(String end) {
    String said = browser.find("#" + end + "-epoch").getDomProperty("value");
    return said.isEmpty() ? 0 : Integer.parseInt(said);
  }

  private void awaitShown(String css) {
    await().atMost(Browser.PATIENCE).until(() -> browser.find(css).isDisplayed());
  }

  /** What the curves' canvas holds. */
  private String picture() {
    return (String) browser.ask("return document.querySelector('#curves canvas').toDataURL()");
  }
}
