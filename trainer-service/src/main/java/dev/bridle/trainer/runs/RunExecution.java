package dev.bridle.trainer.runs;

import dev.bridle.events.AttemptStarted;
import dev.bridle.events.ModelExported;
import dev.bridle.events.Phase;
import dev.bridle.events.TrainingOutcome;
import dev.bridle.events.wire.EventJson;
import dev.bridle.trainer.data.CsvReader;
import dev.bridle.trainer.data.DatasetsFolder;
import dev.bridle.trainer.data.PreparedData;
import dev.bridle.trainer.data.Seeds;
import dev.bridle.trainer.export.OnnxExporter;
import dev.bridle.trainer.export.ParityGate;
import dev.bridle.trainer.head.Heads;
import dev.bridle.trainer.model.EngineNetwork;
import dev.bridle.trainer.model.GraphBuilder;
import dev.bridle.trainer.model.Network;
import dev.bridle.trainer.regularization.Regularization;
import dev.bridle.trainer.spec.RunSpec;
import dev.bridle.trainer.train.EpochRecord;
import dev.bridle.trainer.train.Knobs;
import dev.bridle.trainer.train.TrainingLoop;
import dev.bridle.trainer.train.TrainingObserver;
import dev.bridle.trainer.train.TrainingResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** Takes one run from the queue to its end. */
final class RunExecution {
  static final String MODEL = "model.onnx";
  static final String SPLITS = "splits.json";
  static final String EVALUATION = "evaluation.json";

  private final Run run;
  private final RunSpec spec;
  private final DatasetsFolder datasets;
  private final URI publicUrl;
  private final Announcements announcements;
  private final Clock clock;

  RunExecution(
      Run run, DatasetsFolder datasets, URI publicUrl, Announcements announcements, Clock clock) {
    this.run = run;
    this.spec = run.spec();
    this.datasets = datasets;
    this.publicUrl = publicUrl;
    this.announcements = announcements;
    this.clock = clock;
  }

  void execute() {
    RunState state = run.state();
    run.enter(Phase.PREPARING, Optional.empty());
    announcements.announce(
        new AttemptStarted(
            state.run(),
            state.attempt(),
            0,
            spec.name(),
            spec.experiment(),
            spec.training().epochs(),
            spec.policy(),
            clock.instant()));
    PreparedData data =
        PreparedData.of(
            CsvReader.read(datasets.file(spec.data().uri()), Heads.columns(spec)),
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
      TrainingResult result =
          new TrainingLoop(engine, data, heads, spec, regularization).run(observer());
      run.ended(result.outcome());
      conclude(result, engine, heads, data);
    }
  }

  private TrainingObserver observer() {
    return new TrainingObserver() {
      @Override
      public void completed(EpochRecord epoch) {
        run.completed(epoch);
      }

      @Override
      public Optional<TrainingOutcome> wishToEnd(int lastEpoch, Knobs knobs) {
        return run.wishToEnd(lastEpoch, knobs);
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
      announcements.announce(export(result.bestEpoch().getAsInt(), engine, heads, data));
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
        new OnnxExporter(engine.network(), heads, data.scaler(), engine.weights());
    ParityGate.check(engine, heads, exporter, data);
    Provenance provenance =
        new Provenance(
            run.state(), spec, bestEpoch, evaluation, validation, heads, data.table().sha256());
    Artifact model =
        run.addArtifact(MODEL, exporter.export(GraphBuilder.Dropout.LIVE, provenance.metadata()));
    run.addArtifact(EVALUATION, json(evaluation));
    run.evaluated(evaluation);
    return new ModelExported(
        run.state().run(),
        run.state().attempt(),
        spec.export().model(),
        clock.millis(),
        RunView.uri(publicUrl, run.state().run(), model),
        model.sha256(),
        model.sizeBytes(),
        bestEpoch,
        evaluation,
        clock.instant());
  }

  private static byte[] json(Object value) {
    try {
      return EventJson.mapper().writeValueAsBytes(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
