package dev.bridle.trainer;

import dev.bridle.trainer.data.DataFormats;
import dev.bridle.trainer.data.PreparedData;
import dev.bridle.trainer.data.Table;
import dev.bridle.trainer.data.TargetColumn;
import dev.bridle.trainer.head.Heads;
import dev.bridle.trainer.spec.RunSpec;
import dev.bridle.trainer.spec.SpecJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The project's digits, and small runs on them. */
public final class Digits {
  public static final Path FOLDER = Path.of("../examples/data");

  private Digits() {}

  public static Table table() {
    return DataFormats.read(
        FOLDER.resolve("digits.csv"),
        read("{\"name\":\"digits\",\"data\":{\"uri\":\"digits.csv\"}}").data(),
        List.of(
            new TargetColumn("label", TargetColumn.Kind.CLASS, TargetColumn.Presence.REQUIRED)));
  }

  /**
   * A run of a second, with noisy labels and dropout.
   *
   * @param training the JSON of the field {@code training}
   */
  public static RunSpec spec(String training) {
    return read(
        """
        {"name": "small", "seed": 7,
         "data": {"uri": "digits.csv", "labelNoise": 0.3,
                  "split": {"training": 0.2, "validation": 0.2, "test": 0.5}},
         "model": {"kind": "mlp", "hidden": [32, 16], "dropout": 0.25},
         "training": %s}
        """
            .formatted(training));
  }

  public static RunSpec read(String json) {
    return SpecJson.read(json.getBytes(StandardCharsets.UTF_8));
  }

  public static PreparedData prepared(RunSpec spec) {
    return PreparedData.of(
        DataFormats.read(FOLDER.resolve(spec.data().uri()), spec.data(), Heads.columns(spec)),
        spec.data(),
        spec.seed());
  }
}
