package dev.bridle.benchmarks.published;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What became of a run.
 *
 * @param error percent of the 10,000 test images, by the plain network
 * @param monteCarloError the same by MC-dropout's mean; the plain one's without Dropout
 */
record TestedRun(PlannedRun run, double error, double monteCarloError) {
  /**
   * @param report the run's artifact report.json
   */
  static TestedRun of(PlannedRun run, JsonNode report) {
    JsonNode head = report.path("heads").path(0);
    double plain = error(head.path("plain"));
    return new TestedRun(
        run, plain, head.has("monteCarlo") ? error(head.path("monteCarlo")) : plain);
  }

  private static double error(JsonNode scores) {
    return 100 * (1 - scores.path("accuracy").asDouble(Double.NaN));
  }
}
