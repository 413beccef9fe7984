package dev.bridle.trainer.runs;

import dev.bridle.events.ModelExported;
import dev.bridle.events.Phase;
import dev.bridle.events.TrainingOutcome;
import dev.bridle.events.wire.EventJson;
import dev.bridle.trainer.data.DataFormats;
import dev.bridle.trainer.data.PreparedData;
import dev.bridle.trainer.data.Seeds;
import dev.bridle.trainer.export.OnnxExporter;
import dev.bridle.trainer.export.ParityGate;
import dev.bridle.trainer.head.Heads;
import dev.bridle.trainer.model.EngineNetwork;
import dev.bridle.trainer.model.GraphBuilder;
import dev.bridle.trainer.model.Network;
import dev.bridle.trainer.regularization.Regularization;
import dev.bridle.trainer.report.ModelCard;
import dev.bridle.trainer.report.TestReport;
import dev.bridle.trainer.spec.RunSpec;
import dev.bridle.trainer.train.Checkpoint;
import dev.bridle.trainer.train.EpochRecord;
import dev.bridle.trainer.train.Knobs;
import dev.bridle.trainer.train.TrainingLoop;
import dev.bridle.trainer.train.TrainingObserver;
import dev.bridle.trainer.train.TrainingResult;
import dev.bridle.trainer.train.Wish;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Takes one run from the queue to its end. */
final class RunExecution {
  static final String MODEL = "model.onnx";
  static final String SPLITS = "splits.json";
  static final String EVALUATION = "evaluation.json";
  static final String REPORT = "report.json";
  static final String CARD = "model-card.md";

  private final Run run;
  private final RunSpec spec;
  private final TrainingSetup setup;
  private final Announcements announcements;
  private final Clock clock;
  private final Runnable requests;
  private final BooleanSupplier closing;

  /**
   * @param requests follows what was asked of the run from elsewhere
   * @param closing whether the process wants to end: the run then pauses at a checkpoint
   */
  RunExecution(
      Run run,
      TrainingSetup setup,
      Announcements announcements,
      Clock clock,
      Runnable requests,
      BooleanSupplier closing) {
    this.run = run;
    this.spec = run.spec();
    this.setup = setup;
    this.announcements = announcements;
    this.clock = clock;
    this.requests = requests;
    this.closing = closing;
  }

  void execute() {
    run.enter(Phase.PREPARING, Optional.empty());
    run.begin();
    PreparedData data =
        PreparedData.of(
            DataFormats.read(setup.datasets().data(spec.data()), spec.data(), Heads.columns(spec)),
            spec.data(),
            spec.seed());
    Heads heads = Heads.of(spec, data);
    Regularization regularization = Regularization.of(spec);
    Network network =
        regularization.regularized(Network.of(spec, data.table().features(), heads.outputs()));
    run.addArtifact(SPLITS, json(data.splits()));
    run.enter(Phase.RUNNING, Optional.empty());
    long seed = Seeds.of(spec.seed(), Seeds.Purpose.INITIAL_WEIGHTS);
    try (EngineNetwork engine = new EngineNetwork(network, seed)) {
      TrainingLoop loop = new TrainingLoop(engine, data, heads, spec, regularization);
      run.checkpoint().ifPresent(loop::resume);
      Optional<TrainingResult> result = trained(loop);
      if (result.isPresent()) {
        run.ended(result.get().outcome());
        conclude(result.get(), engine, heads, data);
      } else {
        suspend();
      }
    }
  }

  private void suspend() {
    if (closing.getAsBoolean()) {
      run.suspended("its trainer shuts down");
      run.waitAgain("its trainer shut down", 0);
    } else {
      run.suspended("paused by its owner");
      run.enter(Phase.PAUSED, Optional.of("paused by its owner"));
    }
  }

  /** Training that ended in an earlier attempt is not begun again, only what comes after it. */
  private Optional<TrainingResult> trained(TrainingLoop loop) {
    return run.state().outcome().map(loop::conclude).or(() -> loop.run(observer()));
  }

  private TrainingObserver observer() {
    return new TrainingObserver() {
      @Override
      public void completed(EpochRecord epoch) {
        run.completed(epoch);
      }

      @Override
      public Wish wish(int lastEpoch, Knobs knobs) {
        requests.run();
        Wish wish = run.wish(lastEpoch, knobs);
        return wish instanceof Wish.GoOn && closing.getAsBoolean() ? new Wish.Pause() : wish;
      }

      @Override
      public void settled(Wish wish, Supplier<Checkpoint> checkpoint) {
        run.settled(wish, checkpoint, setup.checkpointInterval());
      }
    };
  }

  private void conclude(
      TrainingResult result, EngineNetwork engine, Heads heads, PreparedData data) {
    Optional<String> reason = Outcomes.reason(result.outcome());
    if (result.outcome() instanceof TrainingOutcome.Cancelled) {
      run.enter(Phase.CANCELLED, reason);
    } else if (result.bestEpoch().isEmpty()) {
      run.enter(Phase.FAILED, reason);
    } else {
      run.enter(Phase.EXPORTING, reason);
      ModelExported model = export(result.bestEpoch().getAsInt(), engine, heads, data);
      if (spec.export().announce()) {
        announcements.announce(model);
      }
      run.enter(Phase.SUCCEEDED, reason);
    }
  }

  private ModelExported export(
      int bestEpoch, EngineNetwork engine, Heads heads, PreparedData data) {
    Map<String, Double> evaluation =
        heads.metrics(heads.quality(engine.outputs(data.test()), data.test()));
    Map<String, Double> validation =
        heads.metrics(heads.quality(engine.outputs(data.validation()), data.validation()));
    OnnxExporter exporter =
        new OnnxExporter(engine.network(), heads, data.preparation(), engine.weights());
    ParityGate.check(engine, heads, exporter, data);
    TestReport report = TestReport.of(engine, heads, data);
    Map<String, String> metadata =
        new Provenance(
                run.state(),
                spec,
                bestEpoch,
                evaluation,
                report,
                validation,
                heads,
                data.table().sha256())
            .metadata();
    metadata.put("dropped_units", Integer.toString(exporter.droppedUnits()));
    Artifact model = run.addArtifact(MODEL, exporter.export(GraphBuilder.Dropout.LIVE, metadata));
    run.addArtifact(EVALUATION, json(evaluation));
    run.addArtifact(REPORT, json(report));
    run.addArtifact(CARD, card(metadata, report).getBytes(StandardCharsets.UTF_8));
    run.evaluated(evaluation);
    return new ModelExported(
        run.state().run(),
        run.state().attempt(),
        spec.export().model(),
        clock.millis(),
        RunView.uri(setup.publicUrl(), run.state().run(), model),
        model.sha256(),
        model.sizeBytes(),
        bestEpoch,
        evaluation,
        clock.instant());
  }

  private String card(Map<String, String> metadata, TestReport report) {
    return ModelCard.markdown(
        spec,
        metadata,
        report,
        Outcomes.reason(run.state().outcome().orElseThrow()).orElse("as planned"),
        run.state().adjustments().stream()
            .map(change -> "%s after epoch %d".formatted(change.change(), change.afterEpoch()))
            .toList());
  }

  private static byte[] json(Object value) {
    try {
      return EventJson.mapper().writeValueAsBytes(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
