package dev.bridle.trainer.export;

import dev.bridle.trainer.data.PreparedData;
import dev.bridle.trainer.data.Rows;
import dev.bridle.trainer.model.EngineNetwork;
import dev.bridle.trainer.model.GraphBuilder;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Lets a model pass only if its exported graph answers as the training engine does over the
 * validation split: with inert Dropout the same, with live Dropout from the same distribution.
 */
public final class ParityGate {
  private static final int SAMPLES = 200;
  private static final int SAMPLED_ROWS = 32;

  private ParityGate() {}

  /**
   * @param exporter holds the weights that {@code network} has
   * @throws ExportException with the numbers if it doesn't pass
   */
  public static ParityReport check(
      EngineNetwork network, OnnxExporter exporter, PreparedData data) {
    float[] engine = network.probabilities(data.validation());
    float[] exported =
        OnnxRuntimeCheck.probabilities(
            exporter.export(GraphBuilder.Dropout.INERT, Map.of()), data.rawValidation());
    ParityReport report = ParityReport.of(engine, exported, data.table().classes().size());
    if (!report.passed()) {
      throw new ExportException(report.sentence());
    }
    if (network.network().isStochastic()) {
      checkDropout(network, exporter, data);
    }
    return report;
  }

  private static void checkDropout(
      EngineNetwork network, OnnxExporter exporter, PreparedData data) {
    Rows rows = data.validation().first(SAMPLED_ROWS);
    List<float[]> engine =
        IntStream.range(0, SAMPLES).mapToObj(seed -> network.sampled(rows, seed)).toList();
    List<float[]> exported =
        OnnxRuntimeCheck.samples(
            exporter.export(GraphBuilder.Dropout.LIVE, Map.of()),
            data.rawValidation().first(SAMPLED_ROWS),
            SAMPLES,
            network.rowsAtOnce());
    DropoutParity parity = DropoutParity.of(engine, exported, data.table().classes().size());
    if (!parity.passed()) {
      throw new ExportException(parity.sentence());
    }
  }
}
