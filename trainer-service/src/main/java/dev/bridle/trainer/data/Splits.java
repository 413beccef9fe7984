package dev.bridle.trainer.data;

import dev.bridle.trainer.spec.SplitSpec;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Which rows train, validate and test: 0-based data rows, ascending, disjoint. */
public record Splits(int[] training, int[] validation, int[] test) {

  /**
   * The split that a spec asks for. Whatever is stratified is so by the first target that has
   * classes, with rows without a label as a class of their own.
   *
   * @throws DataException if a part would stay empty
   */
  public static Splits of(Table table, SplitSpec spec, long seed) {
    return switch (spec.kind()) {
      case STRATIFIED -> stratified(strata(table), spec, seed);
      case RANDOM -> stratified(new int[table.rows().count()], spec, seed);
      case COLUMN -> named(table.parts(), strata(table), spec, seed);
      case FOLDS -> folds(strata(table), spec.folds(), spec.fold(), seed);
    };
  }

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
    double validated = spec.training() + spec.validation();
    for (int c = 0; c < classes(labels); c++) {
      int[] members = members(all(labels), labels, c, seed);
      int trained = (int) Math.round(members.length * spec.training());
      int seen = (int) Math.round(members.length * validated);
      int all = (int) Math.round(members.length * Math.min(1, validated + spec.test()));
      Arrays.stream(members, 0, trained).forEach(training::add);
      Arrays.stream(members, trained, seen).forEach(validation::add);
      Arrays.stream(members, seen, all).forEach(test::add);
    }
    String hint = ": give it a larger share";
    return new Splits(
        part(Part.TRAINING, training, hint),
        part(Part.VALIDATION, validation, hint),
        part(Part.TEST, test, hint));
  }

  /**
   * The parts that the data names; where it names no validation, the spec's share of each class of
   * the training rows.
   *
   * @param parts one a row
   */
  static Splits named(List<Part> parts, int[] labels, SplitSpec spec, long seed) {
    int[] training = rows(parts, Part.TRAINING);
    IntStream.Builder trained = IntStream.builder();
    IntStream.Builder validation = IntStream.builder();
    boolean cut = spec.validation() != null && !parts.contains(Part.VALIDATION);
    double share = cut ? spec.validation() : 0;
    for (int c = 0; c < classes(labels); c++) {
      int[] members = members(training, labels, c, seed);
      int validated = (int) Math.round(members.length * share);
      Arrays.stream(members, 0, validated).forEach(validation::add);
      Arrays.stream(members, validated, members.length).forEach(trained::add);
    }
    Arrays.stream(rows(parts, Part.VALIDATION)).forEach(validation::add);
    IntStream.Builder test = IntStream.builder();
    Arrays.stream(rows(parts, Part.TEST)).forEach(test::add);
    String hint = ": data.split.column '%s' names none".formatted(spec.column());
    return new Splits(
        part(Part.TRAINING, trained, hint),
        part(Part.VALIDATION, validation, hint + ", data.split.validation can take a share"),
        part(Part.TEST, test, hint));
  }

  /**
   * Cross-validation: rows are dealt to the folds class by class, so that folds differ by one row
   * at most, and so does each class in them. With one seed every row tests in exactly one fold.
   *
   * @param fold from 1, the one that tests; the next one validates
   */
  static Splits folds(int[] labels, int folds, int fold, long seed) {
    IntStream.Builder training = IntStream.builder();
    IntStream.Builder validation = IntStream.builder();
    IntStream.Builder test = IntStream.builder();
    int dealt = 0;
    for (int c = 0; c < classes(labels); c++) {
      for (int row : members(all(labels), labels, c, seed)) {
        int own = dealt++ % folds;
        (own == fold - 1 ? test : own == fold % folds ? validation : training).add(row);
      }
    }
    String hint = ": there are fewer rows than data.split.folds, " + folds;
    return new Splits(
        part(Part.TRAINING, training, hint),
        part(Part.VALIDATION, validation, hint),
        part(Part.TEST, test, hint));
  }

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

  private static int classes(int[] labels) {
    return Arrays.stream(labels).max().orElse(-1) + 1;
  }

  private static int[] all(int[] labels) {
    return IntStream.range(0, labels.length).toArray();
  }

  /** The rows of a class, shuffled. */
  private static int[] members(int[] rows, int[] labels, int label, long seed) {
    return Shuffle.of(
        Arrays.stream(rows).filter(row -> labels[row] == label).toArray(),
        Seeds.of(seed, Seeds.Purpose.SPLIT, label));
  }

  private static int[] rows(List<Part> parts, Part part) {
    return IntStream.range(0, parts.size()).filter(row -> parts.get(row) == part).toArray();
  }

  private static int[] part(Part part, IntStream.Builder rows, String hint) {
    int[] sorted = rows.build().sorted().toArray();
    if (sorted.length == 0) {
      throw new DataException("data.split.%s leaves no rows%s".formatted(part, hint));
    }
    return sorted;
  }
}
