package dev.bridle.trainer.data;

import dev.bridle.trainer.spec.DataSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Pairs of IDX files, one of images and one of labels, under the names that MNIST gave them: {@code
 * train-images-idx3-ubyte} and {@code train-labels-idx1-ubyte}, plain or gzipped. A folder is all
 * of its pairs, by name. The columns are {@code p0}, {@code p1}, ..., {@code label} and {@code
 * part}: {@code test} for the pairs whose names begin with {@code t10k} or {@code test}, {@code
 * validation} for those with {@code validation}, {@code training} for all others.
 */
final class IdxFormat implements DataFormat {
  private static final String LABEL = "label";
  private static final String PART = "part";
  private static final String IMAGES = "images";

  @Override
  public String name() {
    return "idx";
  }

  @Override
  public boolean recognizes(Path data) {
    return Files.isDirectory(data) ? !imagesIn(data).isEmpty() : isIdx(data);
  }

  private static boolean isIdx(Path file) {
    return file.getFileName().toString().matches(".*(-ubyte|\\.idx)(\\.gz)?");
  }

  @Override
  public Table read(Path data, DataSpec spec, List<TargetColumn> targets) {
    List<Path> files = Files.isDirectory(data) ? imagesIn(data) : List.of(data);
    String source = data.getFileName().toString();
    if (files.isEmpty()) {
      throw new DataException(source + " has no IDX file with 'images' in its name");
    }
    requirePixelsAndLabel(source, spec, targets);
    List<TargetCells> cells =
        targets.stream().map(one -> new TargetCells(source, one, Set.of())).toList();
    List<IdxFile> images = new ArrayList<>();
    List<Path> read = new ArrayList<>();
    for (Path file : files) {
      Path labels = labelsOf(file);
      images.add(images(file, labels, cells));
      read.addAll(List.of(file, labels));
    }
    List<Part> parts = new ArrayList<>();
    if (spec.split().column() != null) {
      TableBuilder.requireColumn(source, spec.split().column(), List.of(PART));
      for (int i = 0; i < files.size(); i++) {
        parts.addAll(Collections.nCopies(images.get(i).dimensions()[0], part(files.get(i))));
      }
    }
    int columns = features(images.get(0));
    return new Table(
        IntStream.range(0, columns).mapToObj(i -> "p" + i).toList(),
        cells.stream().map(TargetCells::target).toList(),
        new Rows(joined(source, images), columns, cells.stream().map(TargetCells::values).toList()),
        sha256(read),
        Map.of(),
        parts);
  }

  /** Fails if columns are named that data of images doesn't have. */
  private static void requirePixelsAndLabel(
      String source, DataSpec spec, List<TargetColumn> targets) {
    Map.of("data.ignore", spec.ignore(), "data.categories", spec.categories())
        .forEach(
            (field, columns) -> {
              if (!columns.isEmpty()) {
                throw new DataException(
                    "%s should be empty for images, which %s has: was %s"
                        .formatted(field, source, columns));
              }
            });
    targets.forEach(target -> TableBuilder.requireColumn(source, target.name(), List.of(LABEL)));
  }

  private static List<Path> imagesIn(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> isIdx(file) && file.getFileName().toString().contains(IMAGES))
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new DataException(
          "%s cannot be listed: %s".formatted(folder.getFileName(), e.getMessage()), e);
    }
  }

  private static Part part(Path file) {
    String name = file.getFileName().toString();
    return name.matches("(t10k|test).*")
        ? Part.TEST
        : name.startsWith("validation") ? Part.VALIDATION : Part.TRAINING;
  }

  private static Path labelsOf(Path images) {
    String name = images.getFileName().toString();
    if (!name.contains(IMAGES)) {
      throw new DataException(
          "%s should have 'images' in its name, which becomes 'labels' in that of its labels"
              .formatted(name));
    }
    String labels =
        name.replace(IMAGES, "labels").replaceFirst("idx\\d", "idx1").replaceFirst("\\.gz$", "");
    return Stream.of(labels, labels + ".gz")
        .map(images::resolveSibling)
        .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
        .findFirst()
        .orElseThrow(
            () ->
                new DataException(
                    "%s has no labels: there is neither %s nor %s.gz beside it"
                        .formatted(name, labels, labels)));
  }

  private static IdxFile images(Path file, Path labels, List<TargetCells> cells) {
    IdxFile images = IdxFile.read(file, 2);
    IdxFile values = IdxFile.read(labels, 1);
    String name = labels.getFileName().toString();
    if (values.dimensions().length > 1 || values.values().length != images.dimensions()[0]) {
      throw new DataException(
          "%s should have the dimensions [%d], a label for each image: had %s"
              .formatted(name, images.dimensions()[0], Arrays.toString(values.dimensions())));
    }
    for (int row = 0; row < values.values().length; row++) {
      float value = values.values()[row];
      String label = value == Math.rint(value) ? Long.toString((long) value) : value + "";
      for (TargetCells target : cells) {
        target.add("label %d of %s".formatted(row + 1, name), label);
      }
    }
    return images;
  }

  private static int features(IdxFile images) {
    return images.values().length / images.dimensions()[0];
  }

  private static float[] joined(String source, List<IdxFile> images) {
    long all = images.stream().mapToLong(one -> one.values().length).sum();
    if (all > Table.MOST_VALUES) {
      throw new DataException(
          "%s should hold at most %d values: held %d".formatted(source, Table.MOST_VALUES, all));
    }
    if (images.stream().mapToInt(IdxFormat::features).distinct().count() > 1) {
      throw new DataException(
          "%s should have images of one size: had %s"
              .formatted(
                  source,
                  images.stream()
                      .map(one -> Arrays.toString(one.dimensions()))
                      .reduce((a, b) -> a + " and " + b)
                      .orElseThrow()));
    }
    float[] joined = new float[(int) all];
    int from = 0;
    for (IdxFile one : images) {
      System.arraycopy(one.values(), 0, joined, from, one.values().length);
      from += one.values().length;
    }
    return joined;
  }

  private static String sha256(List<Path> files) {
    try {
      return Sha256.of(files);
    } catch (IOException e) {
      throw new DataException("%s cannot be read: %s".formatted(files.get(0), e.getMessage()), e);
    }
  }
}
