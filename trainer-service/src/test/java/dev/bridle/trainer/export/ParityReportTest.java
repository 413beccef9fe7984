package dev.bridle.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ParityReportTest {
  @Test
  void theWorstValueIsNamed() {
    ParityReport report =
        ParityReport.of(
            new float[] {0.1f, 0.9f, 0.5f, 0.5f}, new float[] {0.1f, 0.9f, 0.5f, 0.6f}, 2, 1);
    assertThat(report.passed()).isFalse();
    assertThat(report.row()).isEqualTo(1);
    assertThat(report.column()).isEqualTo(1);
    assertThat(report.sentence()).contains("0.5").contains("0.6").contains("2 rows");
  }

  @Test
  void valuesAboveOneAreComparedRelatively() {
    assertThat(ParityReport.of(new float[] {1000f}, new float[] {1000.005f}, 1, 1).passed())
        .isTrue();
    assertThat(ParityReport.of(new float[] {0.001f}, new float[] {0.006f}, 1, 1).passed())
        .isFalse();
  }

  @Test
  void numbersOfASmallScaleAreComparedByIt() {
    float[] engine = {0.0001f};
    float[] exported = {0.000105f};
    assertThat(ParityReport.of(engine, exported, 1, 1).passed()).isTrue();
    assertThat(ParityReport.of(engine, exported, 1, 0.01).passed()).isFalse();
  }

  @Test
  void nanNeverPasses() {
    assertThat(ParityReport.of(new float[] {0.5f}, new float[] {Float.NaN}, 1, 1).passed())
        .isFalse();
  }

  @Test
  void aMissingRowIsAnError() {
    assertThatThrownBy(() -> ParityReport.of(new float[2], new float[1], 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
