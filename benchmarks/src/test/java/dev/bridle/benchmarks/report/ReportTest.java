package dev.bridle.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  @TempDir Path folder;

  @Test
  void tellsForEachGoalWhetherItIsMet() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    new Report("speed")
        .measuredAgainst(Goal.atLeast(0.5), "ratio", 0.4, "x")
        .measuredAgainst(Goal.atMost(10), "median", 9.9, "ms")
        .told("heap", 1_024, "MiB")
        .publish(new PrintStream(out, true, StandardCharsets.UTF_8), folder);

    assertThat(out.toString(StandardCharsets.UTF_8))
        .containsPattern("ratio +0.40 +x +goal >= 0.5 +missed")
        .containsPattern("median +9.90 +ms +goal <= 10 +met")
        .containsPattern("heap +1,024 +MiB\n");
    assertThat(Files.readString(folder.resolve("speed.json"))).contains("\"cores\"", "\"ratio\"");
  }

  @Test
  void aValueThatCouldNotBeMeasuredMeetsNoGoal() {
    assertThat(Goal.atLeast(0).isMetBy(Double.NaN)).isFalse();
    assertThat(Goal.atMost(0).isMetBy(Double.NaN)).isFalse();
  }
}
