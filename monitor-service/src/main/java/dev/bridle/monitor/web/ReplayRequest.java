package dev.bridle.monitor.web;

import dev.bridle.events.MetricNames;
import dev.bridle.events.PolicySpec;
import java.util.List;
import java.util.Optional;

/**
 * Which policy to judge which runs by.
 *
 * @param runs their ids; empty for all
 * @param experiment whose runs, where no ids are given; empty for all
 * @param metric that tells which epoch was the best: {@code validationLoss} where left out
 * @param mode {@code min}, also where left out, or {@code max}: which value of it is the better
 */
record ReplayRequest(
    PolicySpec policy, List<String> runs, Optional<String> experiment, String metric, String mode) {
  ReplayRequest {
    if (policy == null) {
      throw new IllegalArgumentException("policy is required");
    }
    runs = runs == null ? List.of() : List.copyOf(runs);
    experiment = experiment == null ? Optional.empty() : experiment;
    metric = metric == null ? MetricNames.VALIDATION_LOSS : metric;
    mode = mode == null ? "min" : mode;
    if (!mode.equals("min") && !mode.equals("max")) {
      throw new IllegalArgumentException("mode should be one of [min, max]: was " + mode);
    }
  }
}
