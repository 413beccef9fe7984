package dev.bridle.trainer.data;

import dev.bridle.trainer.spec.DataSpec;
import dev.bridle.trainer.spec.ImageSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a run trains and measures on.
 *
 * @param scaler fitted on the training rows alone
 * @param training standardized, with label noise where the spec asks for it
 * @param validation standardized, labels as in the file
 * @param test standardized, labels as in the file
 */
public record PreparedData(
    Table table, Splits splits, Scaler scaler, Rows training, Rows validation, Rows test) {

  /**
   * @throws DataException if the features are not the image's pixels, or a part of the split would
   *     stay empty
   */
  public static PreparedData of(Table table, DataSpec spec, long seed) {
    spec.image().ifPresent(image -> requirePixels(image, table.features()));
    Splits splits =
        Splits.stratified(strata(table), spec.split(), Seeds.of(seed, Seeds.Purpose.SPLIT));
    Rows raw = table.select(splits.training());
    Scaler scaler =
        spec.image().map(image -> Scaler.fitted(raw, image)).orElseGet(() -> Scaler.fitted(raw));
    return new PreparedData(
        table,
        splits,
        scaler,
        noisy(scaler.standardized(raw), table, spec.labelNoise(), seed),
        scaler.standardized(table.select(splits.validation())),
        scaler.standardized(table.select(splits.test())));
  }

  /**
   * Class indices of the first target that has classes, one more for rows without a label; all the
   * same where no target has classes.
   */
  private static int[] strata(Table table) {
    OptionalInt first = table.firstWithClasses();
    if (first.isEmpty()) {
      return new int[table.rows().count()];
    }
    int classes = table.targets().get(first.getAsInt()).classes().size();
    return Arrays.stream(table.rows().labels(first.getAsInt()))
        .map(label -> label == Rows.UNLABELED ? classes : label)
        .toArray();
  }

  private static Rows noisy(Rows training, Table table, double share, long seed) {
    List<float[]> targets = new ArrayList<>(training.targets());
    for (int i = 0; i < targets.size(); i++) {
      Target target = table.targets().get(i);
      if (target.hasClasses()) {
        long drawn =
            i == 0
                ? Seeds.of(seed, Seeds.Purpose.LABEL_NOISE)
                : Seeds.of(seed, Seeds.Purpose.LABEL_NOISE, i);
        int[] labels =
            LabelNoise.resample(training.labels(i), share, target.classes().size(), drawn);
        targets.set(i, Rows.floats(labels));
      }
    }
    return new Rows(training.features(), training.columns(), targets);
  }

  private static void requirePixels(ImageSpec image, int features) {
    if (image.features() != features) {
      throw new DataException(
          "data.image should have as many pixels as the data has features, %d: had %d"
              .formatted(features, image.features()));
    }
  }

  /** The validation rows as the file holds them: what a served model is asked. */
  public Rows rawValidation() {
    return table.select(splits.validation());
  }
}
