package dev.bridle.trainer.data;

import dev.bridle.trainer.spec.DataSpec;
import dev.bridle.trainer.spec.ImageSpec;

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
        Splits.stratified(table.rows().labels(), spec.split(), Seeds.of(seed, Seeds.Purpose.SPLIT));
    Rows raw = table.select(splits.training());
    Scaler scaler =
        spec.image().map(image -> Scaler.fitted(raw, image)).orElseGet(() -> Scaler.fitted(raw));
    Rows training = scaler.standardized(raw);
    int[] labels =
        LabelNoise.resample(
            training.labels(),
            spec.labelNoise(),
            table.classes().size(),
            Seeds.of(seed, Seeds.Purpose.LABEL_NOISE));
    return new PreparedData(
        table,
        splits,
        scaler,
        new Rows(training.features(), training.columns(), labels),
        scaler.standardized(table.select(splits.validation())),
        scaler.standardized(table.select(splits.test())));
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
