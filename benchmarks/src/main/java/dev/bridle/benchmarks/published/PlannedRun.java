package dev.bridle.benchmarks.published;

import java.util.ArrayList;
import java.util.List;

/**
 * A run of the comparison. Runs of one seed share the split, the order of the rows and the weights
 * that they begin with, so they make pairs.
 */
record PlannedRun(Variant variant, int seed, int epochs) {
  /** Seed by seed, so that whatever is done first makes pairs. */
  static List<PlannedRun> all(int seeds, int epochs) {
    List<PlannedRun> runs = new ArrayList<>();
    for (int seed = 1; seed <= seeds; seed++) {
      for (Variant variant : Variant.values()) {
        runs.add(new PlannedRun(variant, seed, epochs));
      }
    }
    return runs;
  }

  /** Tells all that makes it, so that a trainer's run of that name is this one. */
  String name() {
    return "%s-%d-epochs-seed-%d".formatted(variant.key(), epochs, seed);
  }

  /** A sixth of the 60,000 validates; the best epoch by it is what the test images judge. */
  String spec() {
    return """
        {"name": "%s", "experiment": "published-training", "seed": %d,
         "data": {"uri": "mnist", "image": {"channels": 1, "height": 28, "width": 28},
                  "split": {"kind": "column", "column": "part", "validation": 0.16667}},
         "model": %s,
         "training": {"epochs": %d, "batchSize": 128,
                      "optimizer": {"kind": "sgd", "learningRate": %s, "momentum": 0.9},
                      "schedule": {"kind": "cosine"}},
         "regularization": %s,
         "export": {"model": "%s", "announce": false}}
        """
        .formatted(
            name(),
            seed,
            variant.model(),
            epochs,
            variant.learningRate(),
            variant.regularization(),
            variant.key());
  }
}
