package dev.bridle.localstack.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.localstack.service.JsonClient;
import org.junit.jupiter.api.Test;

class RunSnapshotTest {
  @Test
  void aRunThatWaitsTellsHowManyAreAhead() throws Exception {
    assertThat(snapshot("{\"phase\": \"QUEUED\", \"queuePosition\": 3}").where())
        .isEqualTo("queued, 2 runs ahead");
    assertThat(snapshot("{\"phase\": \"QUEUED\", \"queuePosition\": 1}").where())
        .isEqualTo("queued, next");
  }

  @Test
  void aRunThatTrainsTellsWhatIsLeft() throws Exception {
    assertThat(snapshot("{\"phase\": \"RUNNING\", \"remainingSeconds\": 12.4}").where())
        .isEqualTo("running, 12 s left");
    assertThat(snapshot("{\"phase\": \"RUNNING\", \"remainingSeconds\": 725}").where())
        .isEqualTo("running, 12 min 5 s left");
    assertThat(snapshot("{\"phase\": \"RUNNING\", \"remainingSeconds\": 7320}").where())
        .isEqualTo("running, 2 h 2 min left");
    assertThat(snapshot("{\"phase\": \"RUNNING\"}").where()).isEqualTo("running");
  }

  @Test
  void theReportHasEveryMetricAndFile() throws Exception {
    RunSnapshot run =
        snapshot(
            """
            {"evaluation": {"label/nll": 0.25, "label/accuracy": "NaN"},
             "artifacts": [{"name": "model.onnx", "sizeBytes": 12345, "uri": "http://t/m"}]}
            """);
    assertThat(RunReport.lines(run))
        .containsExactly(
            "On the test split, the best epoch's weights:",
            "  label/accuracy      NaN",
            "  label/nll        0.2500",
            "",
            "  model.onnx   12,345 bytes   http://t/m");
  }

  private static RunSnapshot snapshot(String json) throws Exception {
    return RunSnapshot.of(JsonClient.JSON.readTree(json));
  }
}
