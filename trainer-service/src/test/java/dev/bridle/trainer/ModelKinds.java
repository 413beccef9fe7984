package dev.bridle.trainer;

import dev.bridle.trainer.spec.RunSpec;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Every kind of model and of head with every option that changes its graph, as small runs. */
public final class ModelKinds {
  private static final Map<String, String> MODELS = new LinkedHashMap<>();
  private static final Map<String, String> HEADS = new LinkedHashMap<>();

  static {
    MODELS.put(
        "mlp with dropout",
        "{\"kind\": \"mlp\", \"hidden\": [24, 16], \"activation\": \"tanh\", \"dropout\": 0.3}");
    MODELS.put(
        "cnn with batch norm, max pools and both dropouts",
        """
        {"kind": "cnn", "blocks": [{"channels": 6}, {"channels": 8, "pool": 1}],
         "hidden": [24], "spatialDropout": 0.2, "dropout": 0.3}
        """);
    MODELS.put(
        "cnn with wide kernels, average pools and no batch norm",
        """
        {"kind": "cnn", "blocks": [{"channels": 5, "kernel": 5, "pool": 3, "batchNorm": false}],
         "pooling": "average", "hidden": [], "spatialDropout": 0.2}
        """);
    MODELS.put(
        "residual with batch norm and dropout",
        "{\"kind\": \"residual\", \"width\": 16, \"blocks\": 2, \"hidden\": 24, \"dropout\": 0.3}");
    MODELS.put(
        "residual without batch norm",
        """
        {"kind": "residual", "width": 12, "blocks": 3, "activation": "selu", "batchNorm": false}
        """);
  }

  /** 300 rows of which a tenth lacks a number or a category. */
  public static final String GAPS = "gaps and categories";

  static {
    HEADS.put(
        "regression with dropout of inputs",
        """
        "data": {"uri": "diabetes.csv"},
        "heads": [{"kind": "regression", "target": "target"}],
        "regularization": [{"technique": "inputDropout", "rate": 0.1}]
        """);
    HEADS.put(
        GAPS,
        """
        "data": {"uri": "../../trainer-service/src/test/resources/gaps.csv", "target": "class",
                 "missing": {"impute": "mean"}, "categories": ["color"]}
        """);
    HEADS.put(
        "regression",
        """
        "data": {"uri": "diabetes.csv"},
        "heads": [{"kind": "regression", "target": "target"}]
        """);
    HEADS.put(
        "several labels",
        """
        "data": {"uri": "../../trainer-service/src/test/resources/flags.csv"},
        "heads": [{"kind": "multiLabel", "name": "where", "targets": ["east", "north"]}]
        """);
    HEADS.put(
        "tasks of three kinds with fixed weights",
        """
        "data": {"uri": "../../trainer-service/src/test/resources/flags.csv"},
        "heads": [{"kind": "classification", "target": "north"},
                  {"kind": "regression", "target": "z", "weight": 0.5},
                  {"kind": "multiLabel", "name": "where", "targets": ["east"]}]
        """);
    HEADS.put(
        "tasks with learned weights",
        """
        "data": {"uri": "olive.csv"},
        "heads": [{"kind": "regression", "target": "oleic", "name": "acid"},
                  {"kind": "classification", "target": "region"},
                  {"kind": "classification", "target": "area"}]
        """);
  }

  private ModelKinds() {}

  /** The models. */
  public static Set<String> names() {
    return MODELS.keySet();
  }

  /** The models, and a model with each kind of heads. */
  public static Set<String> withHeads() {
    Set<String> all = new LinkedHashSet<>(names());
    all.addAll(HEADS.keySet());
    return all;
  }

  private static RunSpec ofHeads(String name, int epochs) {
    return Digits.read(
        """
        {"name": "small", "seed": 7, %s,
         "model": {"kind": "mlp", "hidden": [24], "dropout": 0.3},
         "training": {"epochs": %d, "lossWeights": "%s",
                      "optimizer": {"kind": "adam", "learningRate": 0.01}}}
        """
            .formatted(
                HEADS.get(name), epochs, name.contains("learned") ? "uncertainty" : "fixed"));
  }

  /** A run of so many epochs on 360 rows, which leaves one row for the last batch of each. */
  public static RunSpec spec(String name, int epochs) {
    if (HEADS.containsKey(name)) {
      return ofHeads(name, epochs);
    }
    return Digits.read(
        """
        {"name": "small", "seed": 7,
         "data": {"uri": "digits.csv", "image": {"height": 8, "width": 8},
                  "split": {"training": 0.2, "validation": 0.2, "test": 0.5}},
         "model": %s,
         "training": {"epochs": %d, "batchSize": 359,
                      "optimizer": {"kind": "adam", "learningRate": 0.01}}}
        """
            .formatted(MODELS.get(name), epochs));
  }
}
