package dev.bridle.trainer.spec;

import java.util.List;
import java.util.Optional;

/**
 * Which rows a run learns from.
 *
 * @param uri a file's or folder's path inside the datasets folder: required
 * @param format {@code csv} or {@code idx}; empty for the one that the name of the data tells
 * @param target the column whose class is to be predicted, where {@code heads} says nothing else:
 *     {@code label}
 * @param labelNoise the share of the training labels that are drawn anew, uniformly over the
 *     classes, in [0, 1]: 0. Validation and test labels stay as they are
 * @param image the shape of the features where they are pixels; empty where they are not
 * @param ignore columns that are neither features nor targets, such as a row's number: none
 */
public record DataSpec(
    String uri,
    Optional<String> format,
    String target,
    SplitSpec split,
    Double labelNoise,
    Optional<ImageSpec> image,
    List<String> ignore) {
  public DataSpec {
    Require.text("data.uri", 500, uri);
    format = Require.orElse(format, Optional.empty());
    target = Require.text("data.target", 100, Require.orElse(target, "label"));
    split = Require.orElse(split, SplitSpec.DEFAULT);
    labelNoise = Require.orElse(labelNoise, 0.0);
    image = Require.orElse(image, Optional.empty());
    ignore = Require.orElse(ignore, List.of());
    for (int i = 0; i < ignore.size(); i++) {
      Require.text("data.ignore[%d]".formatted(i), 100, ignore.get(i));
    }
    ignore = List.copyOf(ignore);
    if (!(labelNoise >= 0 && labelNoise <= 1)) {
      throw new InvalidFieldException(
          "data.labelNoise", "should be between 0 and 1: was " + labelNoise);
    }
  }
}
