package dev.bridle.trainer.train;

import dev.bridle.events.MetricNames;
import dev.bridle.trainer.data.PreparedData;
import dev.bridle.trainer.data.Rows;
import dev.bridle.trainer.data.Seeds;
import dev.bridle.trainer.head.Head;
import dev.bridle.trainer.head.Heads;
import dev.bridle.trainer.model.EngineNetwork;
import dev.bridle.trainer.model.EngineWeight;
import dev.bridle.trainer.regularization.Norms;
import dev.bridle.trainer.spec.RunSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is measured behind an epoch's steps. The validation loss is of the whole split, in one pass
 * that also shows the layers' health; the clean training loss is of {@link CleanRows}.
 */
final class Measurements {
  private final EngineNetwork network;
  private final Heads heads;
  private final Rows validation;
  private final Rows cleanRows;
  private final Measured measured;

  Measurements(
      EngineNetwork network, PreparedData data, Heads heads, RunSpec run, Measured measured) {
    this.network = network;
    this.heads = heads;
    this.validation = data.validation();
    this.cleanRows =
        CleanRows.of(
            data.training(),
            run.training().cleanRows(),
            Seeds.of(run.seed(), Seeds.Purpose.CLEAN_ROWS));
    this.measured = measured;
  }

  void measure(Map<String, Double> metrics) {
    if (measured == Measured.LOSSES) {
      List<Head.Quality> quality = heads.quality(network.outputs(validation), validation);
      metrics.put(MetricNames.VALIDATION_LOSS, heads.loss(quality));
      return;
    }
    float[] outputs = LayerHealth.measure(network, validation, metrics);
    List<Head.Quality> quality = heads.quality(outputs, validation);
    List<Head.Quality> clean = heads.quality(network.outputs(cleanRows), cleanRows);
    metrics.put(MetricNames.VALIDATION_LOSS, heads.loss(quality));
    metrics.put(MetricNames.TRAINING_LOSS_CLEAN, heads.loss(clean));
    metrics.putAll(heads.metrics(clean, quality, outputs, validation));
    network.logVariances().ifPresent(s -> metrics.putAll(heads.lossWeights(s.toFloatArray())));
    weightNorms(metrics);
    ProcessMemory.bytes().ifPresent(bytes -> metrics.put(MetricNames.MEMORY_BYTES, bytes));
  }

  private void weightNorms(Map<String, Double> metrics) {
    Map<String, Double> squares = new TreeMap<>();
    for (EngineWeight weight : network.learned()) {
      squares.merge(weight.layer(), Norms.squared(weight.values()), Double::sum);
    }
    squares.forEach((layer, sum) -> metrics.put(MetricNames.weightNorm(layer), Math.sqrt(sum)));
  }
}
