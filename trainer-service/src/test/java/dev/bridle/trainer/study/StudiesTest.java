package dev.bridle.trainer.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bridle.events.ModelExported;
import dev.bridle.events.Phase;
import dev.bridle.events.TrainingEvent;
import dev.bridle.trainer.Training;
import dev.bridle.trainer.runs.LocalQueue;
import dev.bridle.trainer.runs.RunQueueFullException;
import dev.bridle.trainer.runs.RunWorker;
import dev.bridle.trainer.runs.Runs;
import dev.bridle.trainer.spec.InvalidFieldException;
import dev.bridle.trainer.spec.SpecJson;
import dev.bridle.trainer.spec.StudySpec;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudiesTest {
  private static final StudySpec SPEC =
      SpecJson.read(
          """
          {"name": "s", "seeds": 2, "without": ["dropout"],
           "spec": {"name": "r", "data": {"uri": "digits.csv",
                      "split": {"training": 0.1, "validation": 0.1, "test": 0.5}},
                    "model": {"kind": "mlp", "hidden": [16], "dropout": 0.5},
                    "regularization": [{"technique": "l1", "strength": 0.5}],
                    "training": {"epochs": 12, "optimizer": {"kind": "adam", "learningRate": 0.01}}}}
          """
              .getBytes(),
          StudySpec.class);

  @TempDir Path folder;
  private final List<TrainingEvent> said = Collections.synchronizedList(new ArrayList<>());

  @Test
  void aStudyTrainsItsRunsAndTellsWhatATechniqueBought() throws Exception {
    Runs runs = runs(100);
    StudyView submitted = studies(runs).submit(SPEC);
    assertThat(submitted.runs().all()).isEqualTo(4);
    assertThat(submitted.progressPercent()).isZero();
    assertThat(submitted.phase()).isEqualTo(StudyView.Phase.RUNNING);

    RunWorker worker = new RunWorker(runs);
    worker.start();
    // Another process finds it: it is no more than its file and its runs.
    Studies found = studies(runs);
    Awaitility.await()
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> view(found, submitted).phase() == StudyView.Phase.ENDED);
    worker.stop(Duration.ofSeconds(20));
    StudyView ended = view(found, submitted);
    assertThat(ended.progressPercent()).isEqualTo(100);
    assertThat(ended.runs().failed()).isZero();
    StudyReport report = ended.report();
    assertThat(report.metric()).isEqualTo("label/accuracy");
    assertThat(report.receipts())
        .singleElement()
        .satisfies(r -> assertThat(r.of()).isEqualTo("dropout"));
    assertThat(report.receipts().get(0).gain().pairs()).isEqualTo(2);
    assertThat(report.recommendation()).isNotEmpty();
    // Pixels in the corners are the same in every digit, so that nothing holds their weights up.
    assertThat(report.arms().get(0).unusedFeatures()).isNotEmpty();
    assertThat(said).noneMatch(ModelExported.class::isInstance);

    String svg = StudyPlot.svg(ended);
    var circles =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes()))
            .getElementsByTagName("circle");
    assertThat(circles.getLength()).isEqualTo(1);
  }

  @Test
  void aStudyThatDoesNotFitSubmitsNoRun() {
    Runs runs = runs(3);
    assertThatThrownBy(() -> studies(runs).submit(SPEC))
        .isInstanceOf(RunQueueFullException.class)
        .hasMessageContaining("at most 3 runs: 0 wait, and 4 more were submitted");
    assertThat(runs.views()).isEmpty();
  }

  @Test
  void aMetricThatTheRunDoesNotHaveIsRefused() {
    StudySpec other =
        new StudySpec(
            "s", SPEC.spec(), 2, SPEC.without(), List.of(), java.util.Optional.of("label/rmse"));
    assertThatThrownBy(() -> studies(runs(100)).submit(other))
        .isInstanceOf(InvalidFieldException.class)
        .hasMessageContaining("metric should be one of [label/accuracy, label/nll, label/ece]");
  }

  @Test
  void aCancelledStudyEnds() {
    Runs runs = runs(100);
    Studies studies = studies(runs);
    StudyView cancelled = studies.cancel(studies.submit(SPEC).study()).orElseThrow();
    assertThat(cancelled.phase()).isEqualTo(StudyView.Phase.ENDED);
    assertThat(cancelled.runs().failed()).isEqualTo(4);
    assertThat(runs.views()).allMatch(run -> run.phase() == Phase.CANCELLED);
    assertThat(cancelled.report().recommendation().get(0)).contains("too few runs succeeded");
  }

  @Test
  void theExamplesCanBePlanned() throws Exception {
    try (var examples = Files.list(Path.of("../examples/studies"))) {
      List<Path> all = examples.toList();
      assertThat(all).isNotEmpty();
      for (Path example : all) {
        Runs runs = runs(100);
        assertThat(
                studies(runs)
                    .submit(SpecJson.read(Files.readAllBytes(example), StudySpec.class))
                    .runs()
                    .all())
            .isPositive();
      }
    }
  }

  private static StudyView view(Studies studies, StudyView submitted) {
    return studies.view(submitted.study()).orElseThrow();
  }

  private Studies studies(Runs runs) {
    return new Studies(runs, folder.resolve("studies"), Clock.systemUTC());
  }

  private Runs runs(int queueLimit) {
    return new Runs(
        new LocalQueue(queueLimit),
        folder.resolve("runs"),
        Training.setup(Duration.ofHours(1)),
        said::add,
        Clock.systemUTC());
  }
}
