package dev.bridle.inference.engine;

import java.util.List;

/**
 * An input or output as the model declares it.
 *
 * @param shape its dimensions; -1 for one that a request chooses
 */
public record TensorSpec(String name, Datatype datatype, List<Long> shape) {
  public TensorSpec {
    shape = List.copyOf(shape);
  }

  /** Whether the request chooses the first dimension, and that one alone. */
  boolean isBatched() {
    return !shape.isEmpty()
        && shape.get(0) == -1
        && shape.stream().skip(1).allMatch(dimension -> dimension > 0);
  }

  /** The shape of one row of a {@linkplain #isBatched batched} tensor. */
  List<Long> rowShape() {
    return shape.subList(1, shape.size());
  }
}
