package dev.bridle.trainer.spec;

import java.util.List;
import java.util.Optional;

/**
 * Which rows a run learns from.
 *
 * @param uri a file's or folder's path inside the datasets folder, or the {@code http:}, {@code
 *     https:} or {@code s3:} address of a file on an allowed host: required
 * @param sha256 of the file, or of what {@code sha256sum} prints for several: required for data of
 *     another host, checked for any
 * @param format {@code csv}, {@code parquet}, {@code idx} or {@code images}; empty for the one that
 *     the name of the data tells
 * @param target the column whose class is to be predicted, where {@code heads} says nothing else:
 *     {@code label}
 * @param labelNoise the share of the training labels that are drawn anew, uniformly over the
 *     classes, in [0, 1]: 0. Validation and test labels stay as they are
 * @param image the shape of the features where they are pixels; empty where they are not
 * @param ignore columns that are neither features nor targets, such as a row's number: none
 * @param missing that features may lack values, and what stands in for them; empty where a feature
 *     without a value is an error
 * @param categories features that hold texts, or numbers without an order: none
 */
public record DataSpec(
    String uri,
    Optional<String> sha256,
    Optional<String> format,
    String target,
    SplitSpec split,
    Double labelNoise,
    Optional<ImageSpec> image,
    List<String> ignore,
    Optional<MissingSpec> missing,
    List<String> categories) {
  public DataSpec {
    Require.text("data.uri", 2000, uri);
    sha256 = Require.orElse(sha256, Optional.empty());
    sha256.ifPresent(
        hash -> {
          if (!hash.matches("[0-9a-f]{64}")) {
            throw new InvalidFieldException(
                "data.sha256",
                "should be 64 lower-case hexadecimal digits: was '%s'".formatted(hash));
          }
        });
    format = Require.orElse(format, Optional.empty());
    target = Require.text("data.target", 100, Require.orElse(target, "label"));
    split = Require.orElse(split, SplitSpec.DEFAULT);
    labelNoise = Require.orElse(labelNoise, 0.0);
    image = Require.orElse(image, Optional.empty());
    ignore = columns("data.ignore", ignore);
    missing = Require.orElse(missing, Optional.empty());
    categories = columns("data.categories", categories);
    if (!(labelNoise >= 0 && labelNoise <= 1)) {
      throw new InvalidFieldException(
          "data.labelNoise", "should be between 0 and 1: was " + labelNoise);
    }
  }

  private static List<String> columns(String field, List<String> names) {
    List<String> columns = Require.orElse(names, List.of());
    for (int i = 0; i < columns.size(); i++) {
      Require.text("%s[%d]".formatted(field, i), 100, columns.get(i));
    }
    return List.copyOf(columns);
  }
}
