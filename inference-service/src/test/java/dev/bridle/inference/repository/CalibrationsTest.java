package dev.bridle.inference.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.inference.calibration.Calibrated;
import dev.bridle.inference.calibration.UncertaintyReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationsTest {
  private static final ModelVersion ID = new ModelVersion("model", 1);
  private static final Calibration.Output OUTPUT =
      new Calibration.Output(
          Calibrated.ofClasses(new float[] {0.25f, 0.75f, 0.5f, 0.5f}, new int[] {0, 1}),
          Calibrated.ofValues(new float[] {1, 2}, new double[] {1, 4}, 1),
          new UncertaintyReference(
              "sample", 100, Map.of("mutual_information", new double[] {0.5})));

  @TempDir Path folder;

  @BeforeEach
  void aModelIsStored() throws IOException {
    Files.createDirectories(folder.resolve("model/1"));
  }

  @Test
  void theyAreThereAfterARestart() {
    opened().keep(ID, "a", "y", OUTPUT);
    opened().keep(ID, "a", "z/probabilities", OUTPUT);
    Calibration.Output read = opened().of(ID, "a", "y").orElseThrow();
    assertThat(read.plain().temperature()).isEqualTo(OUTPUT.plain().temperature());
    assertThat(read.plain().sets().get("aps").rising())
        .containsExactly(OUTPUT.plain().sets().get("aps").rising());
    assertThat(read.sampled().residuals().get(0).rising()).containsExactly(0, 2);
    assertThat(read.reference().orElseThrow().samples()).isEqualTo(100);
    assertThat(read.reference().orElseThrow().values().get("mutual_information"))
        .containsExactly(0.5);
    assertThat(opened().of(ID, "a", "z/probabilities")).isPresent();
  }

  @Test
  void anotherModelUnderTheSameVersionStartsWithout() {
    Calibrations calibrations = opened();
    calibrations.keep(ID, "a", "y", OUTPUT);
    assertThat(calibrations.of(ID, "b", "y")).isEmpty();
    assertThat(opened().of(ID, "b", "y")).isEmpty();
  }

  @Test
  void aBrokenFileIsNone() throws IOException {
    Files.writeString(folder.resolve("model/1/calibration.json"), "{\"sha256\":");
    assertThat(opened().of(ID, "a", "y")).isEmpty();
  }

  private Calibrations opened() {
    return new Calibrations(new ModelStore(folder, 1000));
  }
}
