package dev.bridle.trainer.data;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A data set as its file or folder holds it.
 *
 * @param featureNames in the data's order, without the targets
 * @param targets in the order that they were asked for
 * @param rows raw features and targets, in the data's order
 * @param sha256 of the file; of several, of what {@code sha256sum} prints for them
 * @param categories of the features that hold categories, by their names: a value is a position in
 *     the list
 * @param parts what each row is for, where a column of the data says it; empty elsewhere
 */
public record Table(
    List<String> featureNames,
    List<Target> targets,
    Rows rows,
    String sha256,
    Map<String, List<String>> categories,
    List<Part> parts) {
  /**
   * Values of features that one data set may hold: a fifth of the heap, for while it is read and
   * prepared there are up to three copies of it.
   */
  static final int MOST_VALUES =
      (int) Math.min(500_000_000, Runtime.getRuntime().maxMemory() / (5 * Float.BYTES));

  public Table {
    featureNames = List.copyOf(featureNames);
    targets = List.copyOf(targets);
    categories = Map.copyOf(categories);
    parts = List.copyOf(parts);
  }

  /** A table whose features are numbers. */
  public Table(List<String> featureNames, List<Target> targets, Rows rows, String sha256) {
    this(featureNames, targets, rows, sha256, Map.of(), List.of());
  }

  public int features() {
    return featureNames.size();
  }

  /** The position of a column among the targets. */
  public int target(String column) {
    return IntStream.range(0, targets.size())
        .filter(i -> targets.get(i).column().equals(column))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no target " + column));
  }

  /** The first target that has classes: what a split is stratified by. */
  OptionalInt firstWithClasses() {
    return IntStream.range(0, targets.size()).filter(i -> targets.get(i).hasClasses()).findFirst();
  }

  /** The chosen rows, in the order of the indices. */
  public Rows select(int[] indices) {
    return rows.select(indices);
  }
}
