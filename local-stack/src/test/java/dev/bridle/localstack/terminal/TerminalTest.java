package dev.bridle.localstack.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.localstack.terminal.TextTable.Align;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private static final Map<String, String> SCREEN = Map.of("bridle.screen", "true");
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void colorsAndRedrawingNeedAScreenAndNoColorTakesColorsAway() {
    assertThat(TerminalMode.of(Map.of(), Map.of())).isEqualTo(TerminalMode.PLAIN);
    assertThat(TerminalMode.of(SCREEN, Map.of())).isEqualTo(new TerminalMode(true, true, 80));
    assertThat(TerminalMode.of(SCREEN, Map.of("NO_COLOR", "1")))
        .isEqualTo(new TerminalMode(true, false, 80));
    assertThat(TerminalMode.of(SCREEN, Map.of("TERM", "dumb"))).isEqualTo(TerminalMode.PLAIN);
  }

  @Test
  void aPipeGetsLinesAndNoBlocksAndNoEscapes() {
    Terminal terminal = terminal(TerminalMode.PLAIN);

    terminal.block(List.of("moving"));
    terminal.line(terminal.paint(Style.RED, "staying"));

    assertThat(printed()).isEqualTo("staying" + System.lineSeparator());
  }

  @Test
  void aScreensBlockIsReplacedByTheNext() {
    Terminal terminal = terminal(new TerminalMode(true, false, 80));

    terminal.block(List.of("one", "two"));
    terminal.block(List.of("three"));

    assertThat(printed()).contains("two\u001b[K\n\u001b[J\u001b[2Athree");
  }

  @Test
  void columnsAlignWhateverColorsTheirCellsHave() {
    List<String> lines =
        new TextTable(Align.LEFT, Align.RIGHT)
            .row(Style.BOLD.around("name"), "n")
            .row("digits", "100")
            .lines();

    assertThat(lines.get(0)).isEqualTo("  " + Style.BOLD.around("name") + "       n");
    assertThat(lines.get(1)).isEqualTo("  digits   100");
  }

  @Test
  void aCurveFallsFromLeftToRightAndLeavesOutWhatIsNoNumber() {
    Terminal terminal = terminal(new TerminalMode(true, false, 80));
    Curves.Series falling = new Curves.Series(List.of(3.0, Double.NaN, 2.0, 1.0), Style.BLUE, '*');

    List<String> lines = new Curves(4, 3).draw(List.of(falling), 4, terminal);

    assertThat(lines).containsExactly("   3.00 ┤*   ", "   2.00 ┤  * ", "   1.00 ┤   *");
  }

  private Terminal terminal(TerminalMode mode) {
    return new Terminal(new PrintStream(bytes, true, StandardCharsets.UTF_8), mode);
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
