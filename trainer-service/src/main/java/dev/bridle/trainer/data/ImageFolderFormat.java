package dev.bridle.trainer.data;

import dev.bridle.trainer.spec.DataSpec;
import dev.bridle.trainer.spec.ImageSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for each class, which is named by it, with PNG and JPEG files; or, for a split by {@code
 * part}, such folders in {@code training}, {@code validation} and {@code test}. Rows are in the
 * order of the paths. Files whose names begin with a dot are passed over.
 */
final class ImageFolderFormat implements DataFormat {
  private record Labeled(Path file, String label, Part part) {}

  @Override
  public String name() {
    return "images";
  }

  @Override
  public boolean recognizes(Path data) {
    return Files.isDirectory(data) && !folders(data).isEmpty();
  }

  @Override
  public Table read(Path data, DataSpec spec, List<TargetColumn> targets) {
    String source = data.getFileName().toString();
    ImageSpec shape = shape(spec);
    ImageTable table = new ImageTable(source, spec, targets);
    List<Labeled> images = new ArrayList<>();
    if (table.hasParts()) {
      for (Path folder : folders(data)) {
        images.addAll(labeled(folder, part(data, folder)));
      }
    } else {
      images.addAll(labeled(data, Part.TRAINING));
    }
    if ((long) images.size() * shape.features() > Table.MOST_VALUES) {
      throw new DataException(
          "%s should hold at most %d values: held %d images of %d"
              .formatted(source, Table.MOST_VALUES, images.size(), shape.features()));
    }
    float[] pixels = new float[images.size() * shape.features()];
    for (int i = 0; i < images.size(); i++) {
      Labeled image = images.get(i);
      String name = name(data, image.file());
      ImageFile.read(image.file(), name, shape, pixels, i * shape.features());
      table.add(name, image.label(), image.part());
    }
    try {
      String sha256 = Sha256.of(data, images.stream().map(Labeled::file).toList());
      return table.build(pixels, shape.features(), sha256);
    } catch (IOException e) {
      throw new DataException("%s cannot be read: %s".formatted(source, e.getMessage()), e);
    }
  }

  private static ImageSpec shape(DataSpec spec) {
    ImageSpec shape =
        spec.image()
            .orElseThrow(() -> new DataException("data.image is required by data.format images"));
    if (shape.channels() != 1 && shape.channels() != 3) {
      throw new DataException(
          "data.image.channels should be 1 or 3 for data.format images: was " + shape.channels());
    }
    return shape;
  }

  private static Part part(Path data, Path folder) {
    return Part.named(folder.getFileName().toString())
        .orElseThrow(
            () ->
                new DataException(
                    "%s should be named training, validation or test, as data.split goes by part"
                        .formatted(name(data, folder))));
  }

  private static List<Labeled> labeled(Path folder, Part part) {
    List<Labeled> images = new ArrayList<>();
    for (Path label : folders(folder)) {
      for (Path file : listed(label)) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          images.add(new Labeled(file, label.getFileName().toString(), part));
        }
      }
    }
    return images;
  }

  private static List<Path> folders(Path folder) {
    return listed(folder).stream()
        .filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
        .toList();
  }

  private static List<Path> listed(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> !entry.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new DataException(
          "%s cannot be listed: %s".formatted(folder.getFileName(), e.getMessage()), e);
    }
  }

  private static String name(Path data, Path file) {
    return data.getFileName().resolve(data.relativize(file)).toString();
  }
}
