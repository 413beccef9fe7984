package dev.bridle.benchmarks.uci;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitTest {
  @TempDir Path folder;

  @Test
  void everyRowHasOnePartAndATenthTests() {
    Split split = Split.of(1030, 1);
    assertThat(split.test()).hasSize(103);
    assertThat(split.choosing()).hasSize(185);
    assertThat(IntStream.concat(Arrays.stream(split.known()), Arrays.stream(split.test())))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 1030).boxed().toList());
  }

  @Test
  void aSeedGivesTheSameSplitAndAnotherAnother() {
    assertThat(Split.of(100, 3).test()).isEqualTo(Split.of(100, 3).test());
    assertThat(Split.of(100, 3).test()).isNotEqualTo(Split.of(100, 4).test());
  }

  @Test
  void aTrainerSeesTheRowsThatItIsGivenAndNoOthers() throws Exception {
    Observations training = new Observations(List.of(new double[] {1, 2, 3}));
    Observations choosing = new Observations(List.of(new double[] {4, 5, 6}));
    Observations.write(folder.resolve("part.csv"), training, choosing);
    assertThat(Files.readAllLines(folder.resolve("part.csv")))
        .containsExactly(
            "x0,x1,y,part", "1.0,2.0,3.0,training", "4.0,5.0,6.0,validation", "4.0,5.0,6.0,test");
  }
}
