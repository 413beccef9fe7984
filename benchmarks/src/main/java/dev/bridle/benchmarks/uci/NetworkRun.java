package dev.bridle.benchmarks.uci;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bridle.benchmarks.bed.TrainerRuns;

/**
 * A network of one hidden layer of 50 units that is trained and served under its name: dropout of
 * inputs and units at one rate, and the decay that makes it a Gaussian process, {@code l^2 (1 - p)
 * / (2 N tau) ||w||^2} with the prior's length scale l = 0.01; its tau, of little weight, is 0.1
 * whatever is chosen for the likelihood.
 */
record NetworkRun(String name, String file, int seed, double rate, int epochs, int rows) {
  /** As the authors'; in smaller batches, for with theirs of 128 the last epoch was the best. */
  static final int MOST_EPOCHS = 400;

  private static final double SQUARED_LENGTH = 1e-4;
  private static final double TAU = 0.1;

  void submit(TrainerRuns runs) {
    runs.submitted(name, spec());
  }

  /** Waits until it is served; the epoch that was kept. */
  int trained(TrainerRuns runs, Served served) {
    JsonNode run = runs.succeeded(runs.submitted(name, spec()));
    served.awaitReady(name);
    return run.path("bestEpoch").asInt();
  }

  /** L2's strength counts half, so it is twice the factor above. */
  String spec() {
    return """
        {"name": "%1$s", "experiment": "uci", "seed": %2$d,
         "data": {"uri": "%3$s", "split": {"kind": "column", "column": "part"}},
         "heads": [{"kind": "regression", "target": "y"}],
         "model": {"kind": "mlp", "hidden": [50], "dropout": %4$s},
         "training": {"epochs": %5$d, "batchSize": 32,
                      "optimizer": {"kind": "adam", "learningRate": 0.001}},
         "regularization": [{"technique": "inputDropout", "rate": %4$s},
                            {"technique": "l2", "strength": %6$s}],
         "export": {"model": "%1$s"}}
        """
        .formatted(name, seed, file, rate, epochs, SQUARED_LENGTH * (1 - rate) / (rows * TAU));
  }
}
