package dev.bridle.trainer.study;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bridle.events.MetricNames;
import dev.bridle.events.RunId;
import dev.bridle.trainer.runs.RunMetrics;
import dev.bridle.trainer.runs.RunView;
import dev.bridle.trainer.runs.Runs;
import dev.bridle.trainer.spec.HeadSpec;
import dev.bridle.trainer.spec.InvalidFieldException;
import dev.bridle.trainer.spec.RunSpec;
import dev.bridle.trainer.spec.StudySpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Studies: each is no more than its runs, which are runs as any other: they wait, are watched, are
 * taken up after a restart.
 */
public final class Studies {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BASE = 36;

  private final Runs runs;
  private final StudyFiles files;
  private final Clock clock;
  private final Map<String, Study> studies = new ConcurrentHashMap<>();

  /**
   * @param folder with a file of each study's own
   */
  public Studies(Runs runs, Path folder, Clock clock) {
    this.runs = runs;
    this.files = new StudyFiles(folder);
    this.clock = clock;
    files.readAll().forEach(study -> studies.put(study.study(), study));
  }

  /**
   * Submits all its runs, or none.
   *
   * @throws InvalidFieldException if the run lacks a technique that is to be taken away, the metric
   *     is none of the run's, or a changed spec breaks a rule
   * @throws dev.bridle.trainer.runs.RunQueueFullException if the runs are more than may wait
   */
  public synchronized StudyView submit(StudySpec spec) {
    requireMetric(spec);
    String id = id(spec.name());
    List<StudyArm> arms = StudyPlan.arms(spec);
    List<RunSpec> specs = new ArrayList<>();
    // Seed by seed, so that every comparison has its first pair early.
    for (int seed = 0; seed < spec.seeds(); seed++) {
      for (StudyArm arm : arms) {
        specs.add(StudyPlan.run(id, arm, seed));
      }
    }
    List<RunId> submitted = runs.submitAll(specs).stream().map(RunView::run).toList();
    List<List<RunId>> byArm =
        IntStream.range(0, arms.size())
            .mapToObj(
                arm ->
                    IntStream.range(0, spec.seeds())
                        .mapToObj(seed -> submitted.get(seed * arms.size() + arm))
                        .toList())
            .toList();
    Study study = new Study(id, clock.instant(), spec, byArm);
    files.write(study);
    studies.put(id, study);
    return view(study);
  }

  /** All studies, the newest first. */
  public List<StudyView> views() {
    return studies.values().stream()
        .sorted(Comparator.comparing(Study::submitted).reversed())
        .map(this::view)
        .toList();
  }

  public Optional<StudyView> view(String study) {
    return Optional.ofNullable(studies.get(study)).map(this::view);
  }

  /** Cancels the runs that haven't ended. */
  public Optional<StudyView> cancel(String study) {
    return Optional.ofNullable(studies.get(study))
        .map(
            found -> {
              found.runs().forEach(arm -> arm.forEach(runs::cancel));
              return view(found);
            });
  }

  private StudyView view(Study study) {
    List<StudyArm> arms = StudyPlan.arms(study.spec());
    String metric = metric(study.spec());
    List<List<ArmRun>> all = new ArrayList<>();
    for (int arm = 0; arm < arms.size(); arm++) {
      List<ArmRun> own = new ArrayList<>();
      for (int seed = 0; seed < study.spec().seeds(); seed++) {
        own.add(run(study.runs().get(arm).get(seed), arms.get(arm).spec().seed() + seed, metric));
      }
      all.add(own);
    }
    return StudyView.of(study, StudyReport.of(arms, all, metric, metric.endsWith("/accuracy")));
  }

  private ArmRun run(RunId id, long seed, String metric) {
    RunView view = runs.view(id).orElseThrow();
    OptionalDouble value =
        view.evaluation().map(metrics -> metrics.get(metric)).stream()
            .mapToDouble(Double::doubleValue)
            .findFirst();
    return new ArmRun(
        seed,
        id,
        view.phase(),
        view.progressPercent(),
        view.lastEpoch(),
        validationLoss(id),
        value,
        unusedFeatures(id));
  }

  private OptionalDouble validationLoss(RunId id) {
    return runs.metrics(id).map(RunMetrics::epochs).orElse(List.of()).stream()
        .mapToDouble(epoch -> epoch.metrics().getOrDefault(MetricNames.VALIDATION_LOSS, Double.NaN))
        .filter(Double::isFinite)
        .min();
  }

  private List<String> unusedFeatures(RunId id) {
    List<String> unused = new ArrayList<>();
    runs.artifact(id, Runs.REPORT)
        .ifPresent(
            report -> {
              try {
                JsonNode names = JSON.readTree(report.toFile()).path("unusedFeatures");
                names.forEach(name -> unused.add(name.asText()));
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    return unused;
  }

  private static void requireMetric(StudySpec spec) {
    List<String> known = spec.spec().heads().stream().flatMap(h -> metrics(h).stream()).toList();
    if (!known.contains(metric(spec))) {
      throw new InvalidFieldException(
          "metric", "should be one of %s: was '%s'".formatted(known, metric(spec)));
    }
  }

  private static String metric(StudySpec spec) {
    return spec.metric().orElse(metrics(spec.spec().heads().get(0)).get(0));
  }

  /** Of a head on the test split, the most telling first. */
  private static List<String> metrics(HeadSpec head) {
    if (head instanceof HeadSpec.Regression) {
      return List.of(
          MetricNames.rootMeanSquaredError(head.name()),
          MetricNames.meanAbsoluteError(head.name()));
    }
    return head instanceof HeadSpec.Classification
        ? List.of(
            MetricNames.accuracy(head.name()),
            MetricNames.negativeLogLikelihood(head.name()),
            MetricNames.expectedCalibrationError(head.name()))
        : List.of(
            MetricNames.accuracy(head.name()), MetricNames.negativeLogLikelihood(head.name()));
  }

  private String id(String name) {
    long moment = clock.millis();
    while (studies.containsKey(name + "-" + Long.toString(moment, BASE))) {
      moment++;
    }
    return name + "-" + Long.toString(moment, BASE);
  }
}
