package dev.bridle.benchmarks.uci;

import dev.bridle.benchmarks.bed.Checksum;
import dev.bridle.benchmarks.bed.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The data sets, out of packages of Debian 12 that aren't installed for it: concrete compressive
 * strength (Yeh, 1998) from r-cran-modeldata, which R itself reads, and Boston housing (Harrison
 * and Rubinfeld, 1978) from python3-sklearn, whose loader is gone and whose file is still there.
 */
final class DataPackages {
  private static final String APT = "Debian 12 is needed, with its lists: apt-get update";

  private DataPackages() {}

  /** Its CSV with a header line and the target last, fetched if it isn't there. */
  static Path fetch(Dataset dataset, Path folder) {
    Path file = folder.toAbsolutePath().resolve(dataset.key() + ".csv");
    if (!Files.exists(file)) {
      System.out.println("Fetching " + dataset.key() + " from a package of Debian.");
      if (dataset == Dataset.CONCRETE) {
        concrete(folder, file);
      } else {
        boston(folder, file);
      }
    }
    Checksum.require(file, dataset.sha256());
    return file;
  }

  private static void concrete(Path folder, Path file) {
    Path data = unpacked("r-cran-modeldata", folder).resolve("usr/lib/R/site-library/modeldata");
    String script =
        "all <- new.env(); lazyLoad('%s', envir = all);"
            + " write.csv(all$concrete, '%s', row.names = FALSE, quote = FALSE)";
    Command.run(
        folder,
        "apt-get install r-base-core",
        List.of("Rscript", "-e", script.formatted(data.resolve("data/Rdata"), file)));
  }

  /** The line before the header tells rows and columns. */
  private static void boston(Path folder, Path file) {
    Path source =
        unpacked("python3-sklearn", folder)
            .resolve("usr/lib/python3/dist-packages/sklearn/datasets/data/boston_house_prices.csv");
    try {
      List<String> lines = Files.readAllLines(source);
      Files.write(
          file, lines.subList(1, lines.size()).stream().map(l -> l.replace("\"", "")).toList());
    } catch (IOException e) {
      throw new UncheckedIOException("Boston's prices", e);
    }
  }

  private static Path unpacked(String name, Path folder) {
    Path download = folder.toAbsolutePath().resolve(name);
    Command.run(download, APT, List.of("apt-get", "download", name));
    try (Stream<Path> files = Files.list(download)) {
      Path archive =
          files.filter(file -> file.toString().endsWith(".deb")).findFirst().orElseThrow();
      Command.run(download, APT, List.of("dpkg-deb", "-x", archive.toString(), "files"));
    } catch (IOException e) {
      throw new UncheckedIOException("the package " + name, e);
    }
    return download.resolve("files");
  }
}
