package dev.bridle.trainer.study;

import dev.bridle.trainer.spec.SpecJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** Studies in a folder, a file each, written once and atomically. */
final class StudyFiles {
  private final Path folder;

  StudyFiles(Path folder) {
    this.folder = folder;
  }

  void write(Study study) {
    try {
      Files.createDirectories(folder);
      Path fresh = folder.resolve(study.study() + ".new");
      Files.writeString(fresh, SpecJson.compact(study));
      Files.move(fresh, folder.resolve(study.study() + ".json"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Study> readAll() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(StudyFiles::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Study read(Path file) {
    try {
      return SpecJson.read(Files.readAllBytes(file), Study.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
