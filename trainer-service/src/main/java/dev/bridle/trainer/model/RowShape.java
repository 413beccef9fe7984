package dev.bridle.trainer.model;

import ai.djl.ndarray.types.Shape;
import dev.bridle.trainer.spec.ImageSpec;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The shape of one row of a value: [units], or [channels, height, width] of feature maps.
 *
 * @param dimensions without the rows
 */
public record RowShape(List<Integer> dimensions) {
  public RowShape {
    dimensions = List.copyOf(dimensions);
  }

  static RowShape units(int units) {
    return new RowShape(List.of(units));
  }

  static RowShape maps(int channels, int height, int width) {
    return new RowShape(List.of(channels, height, width));
  }

  static RowShape of(ImageSpec image) {
    return maps(image.channels(), image.height(), image.width());
  }

  /** Whether it is of feature maps. */
  public boolean isMaps() {
    return dimensions.size() > 1;
  }

  /** Units, or channels of maps. */
  int channels() {
    return dimensions.get(0);
  }

  int height() {
    return dimensions.get(1);
  }

  int width() {
    return dimensions.get(2);
  }

  /** Values of a row. */
  public long values() {
    return dimensions.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }

  /** The engine's, for so many rows. */
  Shape rows(long count) {
    return new Shape(
        LongStream.concat(LongStream.of(count), dimensions.stream().mapToLong(Integer::longValue))
            .toArray());
  }
}
