package dev.bridle.trainer.data;

import dev.bridle.trainer.spec.DataSpec;
import dev.bridle.trainer.spec.InvalidFieldException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Where runs may read data from: one folder, and files of allowed hosts.
 *
 * @param remote what of other hosts may be read
 */
public record DatasetsFolder(Path folder, RemoteData remote) {
  private static final String FIELD = "data.uri";

  /** The folder alone. */
  public DatasetsFolder(Path folder) {
    this(folder, RemoteData.NONE);
  }

  /**
   * Checks, without reading, that a run may read its data and that its format is known.
   *
   * @throws InvalidFieldException if not
   */
  public void require(DataSpec spec) {
    if (!RemoteFile.isNamedBy(spec.uri())) {
      DataFormats.of(file(spec.uri()), spec.format());
      return;
    }
    RemoteFile file = RemoteFile.of(spec.uri(), remote);
    if (spec.sha256().isEmpty()) {
      throw new InvalidFieldException("data.sha256", "is required for data of another host");
    }
    DataFormats.of(Path.of(file.name()), spec.format());
  }

  /**
   * The data that a run names, fetched if it lies on another host.
   *
   * @throws InvalidFieldException if the run may not read it, or it isn't there
   * @throws DataException if another host doesn't give it
   */
  public Path data(DataSpec spec) {
    require(spec);
    return RemoteFile.isNamedBy(spec.uri())
        ? new Download(remote).file(RemoteFile.of(spec.uri(), remote), spec.sha256().orElseThrow())
        : file(spec.uri());
  }

  /**
   * A file or folder of the folder.
   *
   * @throws InvalidFieldException if it lies outside, by its path or by a link, or isn't there
   */
  Path file(String uri) {
    try {
      Path named = folder.resolve(uri);
      if (uri.contains(":") || !named.normalize().startsWith(folder.normalize())) {
        throw outside(uri);
      }
      if (!Files.isRegularFile(named) && !Files.isDirectory(named)) {
        throw new InvalidFieldException(
            FIELD,
            "should name a file or folder of the datasets folder: there is no '%s'".formatted(uri));
      }
      if (!named.toRealPath().startsWith(folder.toRealPath())) {
        throw outside(uri);
      }
      return named;
    } catch (InvalidPathException e) {
      throw new InvalidFieldException(FIELD, "should be a path: was '%s'".formatted(uri));
    } catch (IOException e) {
      throw new InvalidFieldException(FIELD, "cannot be read: " + e.getMessage());
    }
  }

  private static InvalidFieldException outside(String uri) {
    return new InvalidFieldException(
        FIELD, "should lie inside of the datasets folder: was '%s'".formatted(uri));
  }
}
