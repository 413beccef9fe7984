package dev.bridle.trainer.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.bridle.events.MetricNames;
import dev.bridle.events.wire.EventJson;
import dev.bridle.trainer.head.Head;
import dev.bridle.trainer.head.Heads;
import dev.bridle.trainer.report.TestReport;
import dev.bridle.trainer.spec.RunSpec;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Where an exported model comes from, as its {@code metadata_props} say it.
 *
 * @param validation metrics of the exported weights on the validation split, without Dropout
 */
record Provenance(
    RunState state,
    RunSpec spec,
    int bestEpoch,
    Map<String, Double> evaluation,
    TestReport report,
    Map<String, Double> validation,
    Heads heads,
    String dataSha256) {

  Map<String, String> metadata() {
    Map<String, String> metadata = new TreeMap<>();
    metadata.put("run_id", state.run().value());
    metadata.put("attempt", Integer.toString(state.attempt()));
    metadata.put("model", spec.export().model());
    metadata.put("best_epoch", Integer.toString(bestEpoch));
    metadata.put("spec_sha256", specSha256());
    metadata.put("data_sha256", dataSha256);
    metadata.put("metrics", json(evaluation));
    metadata.put("evaluation", json(report));
    if (heads.all().size() == 1 && heads.all().get(0).described().containsKey("labels")) {
      metadata.put("labels", json(heads.all().get(0).described().get("labels")));
    }
    metadata.put("heads", json(described()));
    metadata.put("license", "Apache-2.0");
    metadata.put("producer", "bridle-trainer");
    return metadata;
  }

  private List<Map<String, Object>> described() {
    return heads.all().stream()
        .map(
            head -> {
              Map<String, Object> described = new TreeMap<>(head.described());
              described.put("name", head.name());
              described.put("output", heads.answerName(head));
              residualVariance(head)
                  .ifPresent(variance -> described.put("residual_variance", variance));
              return described;
            })
        .toList();
  }

  /** Of a regression: the mean squared error on the validation split, in the target's own unit. */
  private OptionalDouble residualVariance(Head head) {
    Double error = validation.get(MetricNames.rootMeanSquaredError(head.name()));
    return error == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.pow(error * head.scale(), 2));
  }

  private String specSha256() {
    return state.artifact(RunFolder.SPEC).orElseThrow().sha256();
  }

  private static String json(Object value) {
    try {
      return EventJson.mapper().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("metadata that has no JSON: " + value, e);
    }
  }
}
