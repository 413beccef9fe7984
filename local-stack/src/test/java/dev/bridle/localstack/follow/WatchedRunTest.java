package dev.bridle.localstack.follow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.bridle.localstack.service.JsonClient;
import org.junit.jupiter.api.Test;

class WatchedRunTest {
  @Test
  void epochsKeepTheirPlaceThoughOneIsMissingOrNotANumber() throws JsonProcessingException {
    WatchedRun run =
        read(
            """
            {"epochs": [
              {"epoch": 1, "metrics": {"trainingLossClean": 2.0, "validationLoss": 2.5}},
              {"epoch": 3, "metrics": {"trainingLossClean": 1.0, "validationLoss": "NaN"}}]}""");

    assertThat(run.training()).containsExactly(2.0, Double.NaN, 1.0);
    assertThat(run.validation()).containsExactly(2.5, Double.NaN, Double.NaN);
    assertThat(run.modelVersion()).isEmpty();
  }

  @Test
  void alertsSignalsAndTheModelAreRead() throws JsonProcessingException {
    WatchedRun run =
        read(
            """
            {"alerts": [{"id": "a", "epoch": 9, "rule": "generalizationGap", "message": "gap"}],
             "decisions": [{"id": "d", "epoch": 47, "rule": "patience", "reason": "enough"}],
             "model": {"model": "digits", "version": 3}, "newField": {}}""");

    assertThat(run.notices())
        .containsExactly(
            new WatchedRun.Notice("a", false, 9, "generalizationGap", "gap"),
            new WatchedRun.Notice("d", true, 47, "patience", "enough"));
    assertThat(run.modelVersion()).hasValue(3);
  }

  private static WatchedRun read(String json) throws JsonProcessingException {
    return WatchedRun.of(JsonClient.JSON.readTree(json));
  }
}
