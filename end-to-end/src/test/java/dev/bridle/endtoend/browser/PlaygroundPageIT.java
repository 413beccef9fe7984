package dev.bridle.endtoend.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A served model is asked about what somebody draws, types or takes. */
@Tag("browser")
@ExtendWith(Console.class)
class PlaygroundPageIT {
  private static final String STROKE =
      """
      const paper = document.getElementById('paper');
      const box = paper.getBoundingClientRect();
      paper.setPointerCapture = () => {};
      const at = (type, x, y) => paper.dispatchEvent(new PointerEvent(type, {
        pointerId: 1, clientX: box.left + x * box.width, clientY: box.top + y * box.height}));
      at('pointerdown', 0.5, 0.1);
      for (let y = 0.1; y <= 0.9; y += 0.05) at('pointermove', 0.5, y);
      at('pointerup', 0.5, 0.9);
      """;

  private final Console console;
  private final Browser browser;

  PlaygroundPageIT(Console console) {
    this.console = console;
    browser = console.browser();
  }

  @BeforeEach
  void openWithAModel() {
    console.finished("digits-cnn");
    // Inference fetches what was announced: that takes a moment.
    await()
        .atMost(Browser.PATIENCE)
        .until(
            () -> {
              browser.open(console.page("/playground.html?model=digits-cnn"));
              browser.awaitText("#playground", "model");
              return browser.text("#trouble").isEmpty()
                  && browser.text("#model").contains("digits-cnn");
            });
    browser.awaitText("#sentence", "It ");
  }

  @Test
  void answersADrawingWithItsDoubt() {
    browser.find("#clear").click();
    browser.ask(STROKE);

    browser
        .awaitText("#outputs", "Mutual information: what they disagree on")
        .awaitText("#outputs", "±");
    assertThat(browser.findAll("#outputs .bars svg")).hasSize(10);
    String row = (String) browser.ask("return document.getElementById('row').value");
    assertThat(row.split(" ")).hasSize(64).contains("0");
    assertThat(Stream.of(row.split(" ")).mapToInt(Integer::parseInt).max().orElseThrow())
        .as("ink of a stroke, of 16")
        .isGreaterThanOrEqualTo(9);
    PageChecks.hold(browser);
  }

  @Test
  void abstainsWhereItsSubNetworksDisagree() {
    browser.find("#noise").click();
    browser.ask(
        "const limit = document.getElementById('limit'); limit.value = 0.01;"
            + "limit.dispatchEvent(new Event('input'))");

    browser.awaitText("#sentence", "It abstains");
    PageChecks.hold(browser);
  }

  @Test
  void saysWhatIsWrongWithATypedRow() {
    browser.ask(
        "const row = document.getElementById('row'); row.value = '1 2';"
            + "row.dispatchEvent(new Event('input'))");

    browser.awaitText("#trouble", "the row should have 64 numbers: had 2");
  }

  @Test
  void tellsWhatTheModelIsWorth() {
    browser.find("#evaluate").click();

    browser
        .awaitText("#worth", "Expected calibration error")
        .awaitText("#worth", "MC-dropout")
        .awaitText("#worth", "What does abstaining buy?");
    assertThat(browser.findAll("#worth svg")).hasSize(2);
    PageChecks.hold(browser);
  }
}
