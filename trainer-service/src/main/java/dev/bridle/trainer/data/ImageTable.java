package dev.bridle.trainer.data;

import dev.bridle.trainer.spec.DataSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Makes a table of images: the columns {@code p0}, {@code p1}, ... of their pixels, {@code label},
 * and {@code part}, which can tell the split.
 */
final class ImageTable {
  private static final String LABEL = "label";
  private static final String PART = "part";

  private final List<TargetCells> targets;
  private final boolean hasParts;
  private final List<Part> parts = new ArrayList<>();

  /**
   * @param source what messages call the data
   * @throws DataException if the spec names columns that images don't have
   */
  ImageTable(String source, DataSpec spec, List<TargetColumn> wanted) {
    Map.of("data.ignore", spec.ignore(), "data.categories", spec.categories())
        .forEach(
            (field, columns) -> {
              if (!columns.isEmpty()) {
                throw new DataException(
                    "%s should be empty for images, which %s has: was %s"
                        .formatted(field, source, columns));
              }
            });
    wanted.forEach(target -> TableBuilder.requireColumn(source, target.name(), List.of(LABEL)));
    targets = wanted.stream().map(one -> new TargetCells(source, one, Set.of())).toList();
    hasParts = spec.split().column() != null;
    if (hasParts) {
      TableBuilder.requireColumn(source, spec.split().column(), List.of(PART));
    }
  }

  /** Whether the split is by {@code part}. */
  boolean hasParts() {
    return hasParts;
  }

  /**
   * The next image's label.
   *
   * @param place of the label
   * @param part what the image is for
   */
  void add(String place, String label, Part part) {
    targets.forEach(target -> target.add(place, label));
    if (hasParts) {
      parts.add(part);
    }
  }

  /**
   * @param pixels row-major, one row an image
   * @param columns pixels of an image, of all its channels
   */
  Table build(float[] pixels, int columns, String sha256) {
    return new Table(
        IntStream.range(0, columns).mapToObj(i -> "p" + i).toList(),
        targets.stream().map(TargetCells::target).toList(),
        new Rows(pixels, columns, targets.stream().map(TargetCells::values).toList()),
        sha256,
        Map.of(),
        parts);
  }
}
