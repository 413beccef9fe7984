package dev.bridle.trainer.export;

import dev.bridle.trainer.data.PreparedData;
import dev.bridle.trainer.data.Rows;
import dev.bridle.trainer.head.Head;
import dev.bridle.trainer.head.Heads;
import dev.bridle.trainer.model.EngineNetwork;
import dev.bridle.trainer.model.GraphBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
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
   * @return the report of the answers that are the farthest apart
   * @throws ExportException with the numbers if it doesn't pass
   */
  public static ParityReport check(
      EngineNetwork network, Heads heads, OnnxExporter exporter, PreparedData data) {
    Map<String, float[]> engine = heads.answers(network.outputs(data.validation()));
    Map<String, float[]> exported =
        OnnxRuntimeCheck.answers(
            exporter.export(GraphBuilder.Dropout.INERT, Map.of()), data.rawValidation());
    List<ParityReport> reports = new ArrayList<>();
    for (Head head : heads.all()) {
      String name = heads.answerName(head);
      ParityReport report =
          ParityReport.of(engine.get(name), exported.get(name), head.outputs(), head.scale());
      if (!report.passed()) {
        throw new ExportException(name + ": " + report.sentence());
      }
      reports.add(report);
    }
    if (network.network().isStochastic()) {
      checkDropout(network, heads, exporter, data);
    }
    return Collections.max(reports, Comparator.comparingDouble(ParityReport::worst));
  }

  private static void checkDropout(
      EngineNetwork network, Heads heads, OnnxExporter exporter, PreparedData data) {
    Rows rows = data.validation().first(SAMPLED_ROWS);
    List<Map<String, float[]>> engine =
        IntStream.range(0, SAMPLES)
            .mapToObj(seed -> heads.answers(network.sampled(rows, seed)))
            .toList();
    List<Map<String, float[]>> exported =
        OnnxRuntimeCheck.samples(
            exporter.export(GraphBuilder.Dropout.LIVE, Map.of()),
            data.rawValidation().first(SAMPLED_ROWS),
            SAMPLES,
            network.network().rowsOfAPass());
    for (Head head : heads.all()) {
      String name = heads.answerName(head);
      DropoutParity parity =
          DropoutParity.of(
              engine.stream().map(sample -> sample.get(name)).toList(),
              exported.stream().map(sample -> sample.get(name)).toList(),
              head.outputs(),
              head.scale());
      if (!parity.passed()) {
        throw new ExportException(name + ": " + parity.sentence());
      }
    }
  }
}
