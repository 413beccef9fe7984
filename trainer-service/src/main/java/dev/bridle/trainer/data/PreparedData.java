package dev.bridle.trainer.data;

import dev.bridle.trainer.spec.DataSpec;
import dev.bridle.trainer.spec.ImageSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run trains and measures on.
 *
 * @param table with columns of 0 and 1 for categories
 * @param preparation fitted on the training rows alone
 * @param training standardized, with label noise where the spec asks for it
 * @param validation standardized, labels as in the file
 * @param test standardized, labels as in the file
 */
public record PreparedData(
    Table table,
    Splits splits,
    Preparation preparation,
    Rows training,
    Rows validation,
    Rows test) {

  /**
   * @throws DataException if the features are not the image's pixels, or a part of the split would
   *     stay empty
   */
  public static PreparedData of(Table read, DataSpec spec, long seed) {
    Splits splits = Splits.of(read, spec.split(), Seeds.of(seed, Seeds.Purpose.SPLIT));
    Table table = OneHot.expanded(read, splits.training());
    spec.image().ifPresent(image -> requirePixels(image, table.features()));
    Rows raw = table.select(splits.training());
    Preparation preparation = Preparation.fitted(raw, table.featureNames(), spec);
    return new PreparedData(
        table,
        splits,
        preparation,
        noisy(preparation.prepared(raw), table, spec.labelNoise(), seed),
        preparation.prepared(table.select(splits.validation())),
        preparation.prepared(table.select(splits.test())));
  }

  public Scaler scaler() {
    return preparation.scaler();
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

  /** The validation rows before their preparation: what a served model is asked. */
  public Rows rawValidation() {
    return table.select(splits.validation());
  }
}
