package dev.bridle.trainer.data;

import dev.bridle.trainer.spec.SplitSpec;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Which rows train, validate and test: 0-based data rows, ascending, disjoint. */
public record Splits(int[] training, int[] validation, int[] test) {

  /**
   * A seeded split in which every class has its share in each part, within one row.
   *
   * @param labels one class index a row
   * @throws DataException if a part would stay empty
   */
  public static Splits stratified(int[] labels, SplitSpec spec, long seed) {
    IntStream.Builder training = IntStream.builder();
    IntStream.Builder validation = IntStream.builder();
    IntStream.Builder test = IntStream.builder();
    int classes = Arrays.stream(labels).max().orElse(-1) + 1;
    double validated = spec.training() + spec.validation();
    for (int c = 0; c < classes; c++) {
      int label = c;
      int[] members =
          Shuffle.of(
              IntStream.range(0, labels.length).filter(row -> labels[row] == label).toArray(),
              Seeds.of(seed, Seeds.Purpose.SPLIT, c));
      int trained = (int) Math.round(members.length * spec.training());
      int seen = (int) Math.round(members.length * validated);
      int all = (int) Math.round(members.length * Math.min(1, validated + spec.test()));
      Arrays.stream(members, 0, trained).forEach(training::add);
      Arrays.stream(members, trained, seen).forEach(validation::add);
      Arrays.stream(members, seen, all).forEach(test::add);
    }
    return new Splits(
        part("training", training), part("validation", validation), part("test", test));
  }

  private static int[] part(String name, IntStream.Builder rows) {
    int[] sorted = rows.build().sorted().toArray();
    if (sorted.length == 0) {
      throw new DataException("data.split." + name + " leaves no rows: give it a larger share");
    }
    return sorted;
  }
}
