package dev.bridle.benchmarks.published;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErrorsTest {
  @TempDir Path folder;

  @Test
  void gainsAreOfPairsAndOnlyTheirDirectionIsAGoal() {
    List<TestedRun> runs = new ArrayList<>();
    for (int seed = 1; seed <= 3; seed++) {
      runs.add(new TestedRun(new PlannedRun(Variant.NONE, seed, 2), seed, seed));
      runs.add(new TestedRun(new PlannedRun(Variant.DROPOUT, seed, 2), seed - 0.5, seed));
      runs.add(new TestedRun(new PlannedRun(Variant.DROPOUT_MAX_NORM, seed, 2), seed, seed));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Errors(runs).report().publish(new PrintStream(out, true, StandardCharsets.UTF_8), folder);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .containsPattern("dropout's gain, mean of pairs +0.50 +points +goal > 0 +met")
        .containsPattern("dropout's gain, published +0.35 +points")
        .containsPattern("max-norm's gain beside dropout, mean of pairs +-0.50 .*missed")
        .containsPattern("both's gain, mean of pairs +0.00 .*missed")
        .containsPattern("none, test error +2.00 +%");
  }

  @Test
  void aRunsErrorIsWhatItsReportSays() throws Exception {
    String report =
        """
        {"heads": [{"plain": {"accuracy": 0.98}, "monteCarlo": {"accuracy": 0.985}}]}
        """;
    TestedRun run =
        TestedRun.of(new PlannedRun(Variant.DROPOUT, 1, 20), new ObjectMapper().readTree(report));
    assertThat(run.error()).isCloseTo(2, org.assertj.core.api.Assertions.within(1e-9));
    assertThat(run.monteCarloError()).isCloseTo(1.5, org.assertj.core.api.Assertions.within(1e-9));
  }

  @Test
  void everyPlannedRunHasANameOfItsOwn() {
    List<PlannedRun> runs = PlannedRun.all(5, 20);
    assertThat(runs).hasSize(15);
    assertThat(runs.stream().map(PlannedRun::name)).doesNotHaveDuplicates();
    assertThat(runs.subList(0, 3)).extracting(PlannedRun::seed).containsOnly(1);
  }
}
