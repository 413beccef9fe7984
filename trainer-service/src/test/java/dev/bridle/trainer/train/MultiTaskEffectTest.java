package dev.bridle.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.trainer.Digits;
import dev.bridle.trainer.Training;
import dev.bridle.trainer.data.PreparedData;
import dev.bridle.trainer.data.Rows;
import dev.bridle.trainer.head.Heads;
import dev.bridle.trainer.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a shared trunk brings: 30 digits with labels, and 1,000 of which two other tasks know
 * whether they are even, and which of five pairs they are of.
 */
class MultiTaskEffectTest {
  private static final int LABELED = 30;

  @TempDir Path folder;

  @BeforeAll
  static void engine() {
    Training.loadEngine();
  }

  @Test
  void labelsOfAnotherTaskHelpAndRandomOnesDoNot() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    Path told = file("told.csv", digit -> digit);
    Path noise = file("noise.csv", digit -> random.nextInt(10));
    double alone = 0;
    double helped = 0;
    double misled = 0;
    for (int seed = 1; seed <= 2; seed++) {
      alone += error(told, 1e-6, seed) / 2;
      helped += error(told, 1, seed) / 2;
      misled += error(noise, 1, seed) / 2;
    }
    assertThat(helped).isLessThan(alone - 0.04);
    assertThat(misled).isGreaterThan(alone);
  }

  /** The share of the test digits that are wrong. */
  private double error(Path file, double weight, long seed) {
    RunSpec spec =
        Digits.read(
            """
            {"name": "x", "seed": %d,
             "data": {"uri": "%s", "image": {"height": 8, "width": 8},
                      "split": {"training": 0.56, "validation": 0.04, "test": 0.4}},
             "model": {"kind": "mlp", "hidden": [64, 64]},
             "heads": [{"kind": "classification", "target": "label", "partial": true, "weight": 0.1},
                       {"kind": "classification", "target": "group", "weight": %s},
                       {"kind": "classification", "target": "parity", "weight": %s}],
             "training": {"epochs": 25, "batchSize": 64,
                          "optimizer": {"kind": "adam", "learningRate": 0.003}}}
            """
                .formatted(seed, file, weight, weight));
    PreparedData all = Digits.prepared(spec);
    PreparedData data =
        new PreparedData(
            all.table(),
            all.splits(),
            all.preparation(),
            unlabeled(all.training()),
            all.validation(),
            all.test());
    return Training.of(
            spec,
            data,
            engine ->
                1
                    - Heads.of(spec, data)
                        .quality(engine.outputs(data.test()), data.test())
                        .get(0)
                        .metrics()
                        .get("label/accuracy"))
        .answer();
  }

  private static Rows unlabeled(Rows rows) {
    float[] labels = rows.targets().get(0).clone();
    Arrays.fill(labels, LABELED, labels.length, Float.NaN);
    return new Rows(
        rows.features(),
        rows.columns(),
        List.of(labels, rows.targets().get(1), rows.targets().get(2)));
  }

  private Path file(String name, IntUnaryOperator seen) throws IOException {
    List<String> digits = Files.readAllLines(Digits.FOLDER.resolve("digits.csv"));
    List<String> lines = new ArrayList<>(List.of(digits.get(0) + ",group,parity"));
    for (String line : digits.subList(1, digits.size())) {
      int digit = Integer.parseInt(line.substring(line.lastIndexOf(',') + 1));
      int known = seen.applyAsInt(digit);
      lines.add(line + "," + known % 5 + "," + known % 2);
    }
    return Files.write(folder.resolve(name), lines);
  }
}
