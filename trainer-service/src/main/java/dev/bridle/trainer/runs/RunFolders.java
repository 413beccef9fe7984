package dev.bridle.trainer.runs;

import dev.bridle.events.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where runs have their files: {@code RUN/}, and {@code RUN/term-N/} for every claim by one of
 * several trainers. A claim's folder begins as a copy of the one before it, so that a trainer that
 * was taken for dead, and isn't, writes where nobody reads.
 */
final class RunFolders {
  private static final String TERM = "term-";

  private final Path root;

  RunFolders(Path root) {
    this.root = root;
  }

  /** Takes the name for a new run, unless it is taken. */
  boolean reserve(RunId run) {
    try {
      Files.createDirectories(root);
      Files.createDirectory(root.resolve(run.value()));
      return true;
    } catch (FileAlreadyExistsException taken) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("runs in " + root, e);
    }
  }

  /** Where a submitted run has its files until it is claimed. */
  RunFolder first(RunId run) {
    return new RunFolder(root.resolve(run.value()));
  }

  /** The newest files of all runs with a state, by name. */
  List<RunFolder> all() {
    try {
      Files.createDirectories(root);
      try (Stream<Path> folders = Files.list(root)) {
        return folders
            .filter(Files::isDirectory)
            .sorted()
            .map(RunFolders::latest)
            .filter(RunFolder::hasState)
            .toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("runs in " + root, e);
    }
  }

  /** Where the newest claim's holder writes, or wrote. */
  RunFolder latest(RunId run) {
    return latest(root.resolve(run.value()));
  }

  private static RunFolder latest(Path folder) {
    try (Stream<Path> inside = Files.list(folder)) {
      return new RunFolder(
          inside
              .filter(path -> path.getFileName().toString().startsWith(TERM))
              .max(Comparator.comparingInt(RunFolders::term))
              .orElse(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the claim's holder writes. */
  RunFolder of(Claim claim) {
    if (!claim.hasFilesOfItsOwn()) {
      return first(claim.run());
    }
    Path folder = root.resolve(claim.run().value());
    Path fresh = folder.resolve(".new-" + claim.term());
    try {
      latest(claim.run()).copyTo(fresh);
      Path own = folder.resolve(TERM + claim.term());
      Files.move(fresh, own, StandardCopyOption.ATOMIC_MOVE);
      return new RunFolder(own);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int term(Path folder) {
    return Integer.parseInt(folder.getFileName().toString().substring(TERM.length()));
  }
}
