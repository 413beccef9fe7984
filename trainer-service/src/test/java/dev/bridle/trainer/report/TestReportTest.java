package dev.bridle.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bridle.scores.ClassificationScores;
import dev.bridle.scores.RegressionScores;
import dev.bridle.trainer.Digits;
import dev.bridle.trainer.Training;
import dev.bridle.trainer.data.PreparedData;
import dev.bridle.trainer.head.Evaluation;
import dev.bridle.trainer.head.Heads;
import dev.bridle.trainer.report.TestReport.HeadReport;
import dev.bridle.trainer.spec.RunSpec;
import dev.bridle.trainer.spec.SpecJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TestReportTest {
  @BeforeAll
  static void engine() {
    Training.loadEngine();
  }

  @Test
  void plainFiguresAreThoseOfTheEngineAndMonteCarlosOfManyPasses() {
    RunSpec spec = Digits.spec("{\"epochs\": 8}");
    PreparedData data = Digits.prepared(spec);
    Evaluation[] expected = new Evaluation[1];
    TestReport report =
        Training.of(
                spec,
                engine -> {
                  expected[0] = Evaluation.of(engine.outputs(data.test()), data.test().labels());
                  return TestReport.of(engine, Heads.of(spec, data), data);
                })
            .answer();
    assertThat(report.samples()).isEqualTo(100);
    HeadReport head = report.heads().get(0);
    ClassificationScores plain = (ClassificationScores) head.plain();
    assertThat(plain.accuracy()).isCloseTo(expected[0].accuracy(), within(1e-9));
    assertThat(plain.nll()).isCloseTo(expected[0].nll(), within(1e-4));
    assertThat(plain.ece()).isCloseTo(expected[0].ece(), within(1e-4));
    ClassificationScores sampled = (ClassificationScores) head.monteCarlo().orElseThrow();
    assertThat(sampled.accuracy()).isCloseTo(plain.accuracy(), within(0.03));
    assertThat(sampled.nll()).isNotEqualTo(plain.nll());
    assertThat(sampled.reliability().stream().mapToInt(bin -> bin.count()).sum())
        .isEqualTo(report.rows());
  }

  @Test
  void aNetworkWithoutDropoutHasPlainFiguresAlone() {
    RunSpec spec = Training.descent(2, 0.1, "[]");
    PreparedData data = Digits.prepared(spec);
    TestReport report =
        Training.of(spec, engine -> TestReport.of(engine, Heads.of(spec, data), data)).answer();
    assertThat(report.samples()).isZero();
    assertThat(report.heads().get(0).monteCarlo()).isEmpty();
  }

  @Test
  void numbersAreJudgedInTheirOwnUnit() throws Exception {
    RunSpec spec =
        SpecJson.merged(
            SpecJson.read(Files.readAllBytes(Path.of("../examples/specs/diabetes.json"))),
            "{\"training\": {\"epochs\": 20}}".getBytes());
    PreparedData data = Digits.prepared(spec);
    Heads heads = Heads.of(spec, data);
    double[] standardized = new double[1];
    TestReport report =
        Training.of(
                spec,
                data,
                engine -> {
                  standardized[0] =
                      heads
                          .metrics(heads.quality(engine.outputs(data.test()), data.test()))
                          .get("target/rmse");
                  return TestReport.of(engine, heads, data);
                })
            .answer();
    RegressionScores scores = (RegressionScores) report.heads().get(0).plain();
    float deviation = (float) heads.all().get(0).described().get("deviation");
    assertThat(scores.rmse()).isCloseTo(standardized[0] * deviation, within(1e-2));
  }

  @Test
  void manyRowsGetFewerSamples() {
    assertThat(TestReport.samples(900)).isEqualTo(100);
    assertThat(TestReport.samples(5_000)).isEqualTo(40);
    assertThat(TestReport.samples(1_000_000)).isEqualTo(20);
  }

  @Test
  void whatAnOwnerWroteDoesNotBreakTheCard() {
    RunSpec spec =
        SpecJson.merged(Digits.spec("{\"epochs\": 8}"), "{\"experiment\": \"a|b\\nc\"}".getBytes());
    String card =
        ModelCard.markdown(
            spec,
            Map.of(
                "run_id",
                "r1",
                "attempt",
                "1",
                "best_epoch",
                "7",
                "data_sha256",
                "ab",
                "spec_sha256",
                "cd"),
            new TestReport(9, 0, List.of(), List.of("age")),
            "as planned",
            List.of());
    assertThat(card)
        .contains("| experiment | a\\|b c |\n", "| weights of epoch | 7 |\n", "not used | age |");
  }
}
