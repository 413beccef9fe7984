package dev.bridle.localstack.follow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/**
 * A run as the monitor sees it now.
 *
 * @param training clean training loss; value i belongs to epoch i + 1, NaN where there is none
 * @param validation validation loss, likewise
 * @param notices alerts and decisions, the oldest first
 * @param modelVersion of the announced model; absent before
 */
record WatchedRun(
    List<Double> training,
    List<Double> validation,
    List<Notice> notices,
    OptionalLong modelVersion) {
  static final WatchedRun UNKNOWN =
      new WatchedRun(List.of(), List.of(), List.of(), OptionalLong.empty());

  /** Something that the monitor said about the run. */
  record Notice(String id, boolean isSignal, int epoch, String rule, String text) {}

  static WatchedRun of(JsonNode run) {
    List<Double> training = new ArrayList<>();
    List<Double> validation = new ArrayList<>();
    for (JsonNode epoch : run.path("epochs")) {
      int number = epoch.path("epoch").asInt();
      JsonNode metrics = epoch.path("metrics");
      put(training, number, number(metrics.path("trainingLossClean")));
      put(validation, number, number(metrics.path("validationLoss")));
    }
    List<Notice> notices = new ArrayList<>();
    for (JsonNode alert : run.path("alerts")) {
      notices.add(notice(alert, false, alert.path("message").asText()));
    }
    for (JsonNode decision : run.path("decisions")) {
      notices.add(notice(decision, true, decision.path("reason").asText()));
    }
    JsonNode version = run.path("model").path("version");
    return new WatchedRun(
        training,
        validation,
        notices,
        version.isMissingNode() ? OptionalLong.empty() : OptionalLong.of(version.asLong()));
  }

  int lastEpoch() {
    return Math.max(training.size(), validation.size());
  }

  private static Notice notice(JsonNode node, boolean isSignal, String text) {
    return new Notice(
        node.path("id").asText(),
        isSignal,
        node.path("epoch").asInt(),
        node.path("rule").asText(),
        text);
  }

  private static void put(List<Double> values, int epoch, double value) {
    if (epoch < 1) {
      return;
    }
    if (values.size() < epoch) {
      values.addAll(Collections.nCopies(epoch - values.size(), Double.NaN));
    }
    values.set(epoch - 1, value);
  }

  /** Events write non-finite numbers as text; those and absent ones are NaN here. */
  private static double number(JsonNode node) {
    return node.isNumber() ? node.asDouble() : Double.NaN;
  }
}
