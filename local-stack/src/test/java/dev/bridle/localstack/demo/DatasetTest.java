package dev.bridle.localstack.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetTest {
  @TempDir Path folder;

  @Test
  void rowsAreCountedFromZeroBelowTheHeaderAndTheLastColumnIsTheLabel() throws IOException {
    Path csv = Files.writeString(folder.resolve("d.csv"), "a,b,label\n1,2,0\n3,4,1\n5,6,2\n");

    Dataset rows = Dataset.read(csv).rows(List.of(2, 0));

    assertThat(rows.labels()).containsExactly(2, 0);
    assertThat(rows.features().get(0)).containsExactly(5, 6);
    assertThat(rows.features().get(1)).containsExactly(1, 2);
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatExceptionOfType(DemoException.class)
        .isThrownBy(() -> Dataset.read(folder.resolve("none.csv")))
        .withMessageContaining("none.csv");
  }

  @Test
  void noiseIsTheSameForTheSameSeedAndStaysWithinThePixelsRange() {
    List<double[]> noise = NoiseImages.uniform(50, 64, 16, 7);

    assertThat(noise.get(49)).isEqualTo(NoiseImages.uniform(50, 64, 16, 7).get(49));
    assertThat(noise.get(49)).isNotEqualTo(noise.get(48));
    assertThat(noise).allSatisfy(image -> assertThat(image).hasSize(64).contains(image[0]));
    assertThat(noise.stream().flatMapToDouble(java.util.Arrays::stream).summaryStatistics())
        .satisfies(
            all -> {
              assertThat(all.getMin()).isZero();
              assertThat(all.getMax()).isEqualTo(16);
            });
  }
}
