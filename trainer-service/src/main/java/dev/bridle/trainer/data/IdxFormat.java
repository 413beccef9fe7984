package dev.bridle.trainer.data;

import dev.bridle.trainer.spec.DataSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Pairs of IDX files, one of images and one of labels, under the names that MNIST gave them: {@code
 * train-images-idx3-ubyte} and {@code train-labels-idx1-ubyte}, plain or gzipped. A folder is all
 * of its pairs, by name. Their {@code part} is {@code test} for the pairs whose names begin with
 * {@code t10k} or {@code test}, {@code validation} for those with {@code validation}, {@code
 * training} for all others.
 */
final class IdxFormat implements DataFormat {
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
    ImageTable table = new ImageTable(source, spec, targets);
    List<IdxFile> images = new ArrayList<>();
    List<Path> read = new ArrayList<>();
    int values = 0;
    for (Path file : files) {
      Path labels = labelsOf(file);
      IdxFile pair = images(file, labels, table, Table.MOST_VALUES - values);
      images.add(pair);
      values += pair.values().length;
      read.addAll(List.of(file, labels));
    }
    try {
      String sha256 = Sha256.of(files.get(0).resolveSibling("."), read);
      return table.build(joined(source, images, values), features(images.get(0)), sha256);
    } catch (IOException e) {
      throw new DataException("%s cannot be read: %s".formatted(source, e.getMessage()), e);
    }
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

  private static IdxFile images(Path file, Path labels, ImageTable table, int most) {
    IdxFile images = IdxFile.read(file, 2, most);
    IdxFile values = IdxFile.read(labels, 1, Table.MOST_VALUES);
    String name = labels.getFileName().toString();
    if (values.dimensions().length > 1 || values.values().length != images.dimensions()[0]) {
      throw new DataException(
          "%s should have the dimensions [%d], a label for each image: had %s"
              .formatted(name, images.dimensions()[0], Arrays.toString(values.dimensions())));
    }
    for (int row = 0; row < values.values().length; row++) {
      float value = values.values()[row];
      String label = value == Math.rint(value) ? Long.toString((long) value) : value + "";
      table.add("label %d of %s".formatted(row + 1, name), label, part(file));
    }
    return images;
  }

  private static int features(IdxFile images) {
    return images.values().length / images.dimensions()[0];
  }

  private static float[] joined(String source, List<IdxFile> images, int values) {
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
    float[] joined = new float[values];
    int from = 0;
    for (IdxFile one : images) {
      System.arraycopy(one.values(), 0, joined, from, one.values().length);
      from += one.values().length;
    }
    return joined;
  }
}
