package dev.bridle.benchmarks.training;

import dev.bridle.trainer.spec.RunSpec;
import dev.bridle.trainer.spec.SpecJson;
import java.nio.charset.StandardCharsets;

/** The networks that are trained: the same as the peers'. */
final class Networks {
  static final int PIXELS = 784;
  static final int CLASSES = 10;

  private Networks() {}

  /**
   * @param kind mlp or cnn
   * @param data a folder of the data folder, which need not exist where rows are made otherwise
   */
  static RunSpec spec(String kind, String data, int epochs, int batchSize) {
    String model =
        kind.equals("mlp")
            ? "{\"kind\": \"mlp\", \"hidden\": [512, 512], \"dropout\": 0.5}"
            : """
            {"kind": "cnn", "blocks": [{"channels": 16, "batchNorm": false},
             {"channels": 32, "batchNorm": false}], "hidden": [64], "dropout": 0.5}
            """;
    String json =
        """
        {"name": "epochs",
         "data": {"uri": "%s", "image": {"height": 28, "width": 28},
                  "split": {"training": 0.8, "validation": 0.16, "test": 0.04}},
         "model": %s, "training": {"epochs": %d, "batchSize": %d}}
        """
            .formatted(data, model, epochs, batchSize);
    return SpecJson.read(json.getBytes(StandardCharsets.UTF_8));
  }
}
