package dev.bridle.trainer.export;

import dev.bridle.trainer.data.PreparedData;
import dev.bridle.trainer.model.EngineNetwork;
import dev.bridle.trainer.model.GraphBuilder;
import java.util.Map;

/**
 * Lets a model pass only if its exported graph, with inert Dropout, answers as the training engine
 * does over the validation split.
 */
public final class ParityGate {
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
    return report;
  }
}
