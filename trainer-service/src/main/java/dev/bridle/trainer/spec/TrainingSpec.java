package dev.bridle.trainer.spec;

/**
 * How it is trained.
 *
 * @param epochs planned, 1 to 100,000: 100
 * @param batchSize rows of a step, 1 to 65,536: 32; an epoch's last batch may be smaller
 * @param schedule of the learning rate: constant
 * @param lossWeights of several heads, {@code fixed} or {@code uncertainty}: {@code fixed}
 * @param cleanRows training rows, drawn from the seed, that the clean training loss is measured on
 *     after each epoch, 1 to 100,000,000: 1,000; all where there are no more
 */
public record TrainingSpec(
    Integer epochs,
    Integer batchSize,
    OptimizerSpec optimizer,
    ScheduleSpec schedule,
    LossWeights lossWeights,
    Integer cleanRows) {
  static final TrainingSpec DEFAULT = new TrainingSpec(null, null, null, null, null, null);

  public TrainingSpec {
    epochs = Require.between("training.epochs", 1, 100_000, Require.orElse(epochs, 100));
    batchSize = Require.between("training.batchSize", 1, 65_536, Require.orElse(batchSize, 32));
    optimizer = Require.orElse(optimizer, AdamSpec.DEFAULT);
    schedule = Require.orElse(schedule, new ScheduleSpec.Constant(0));
    lossWeights = Require.orElse(lossWeights, LossWeights.FIXED);
    cleanRows =
        Require.between("training.cleanRows", 1, 100_000_000, Require.orElse(cleanRows, 1_000));
  }
}
