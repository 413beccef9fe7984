package dev.bridle.trainer.data;

import dev.bridle.trainer.spec.InvalidFieldException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The only folder that runs may read data from. */
public record DatasetsFolder(Path folder) {
  private static final String FIELD = "data.uri";

  /**
   * The file or folder that a run names.
   *
   * @throws InvalidFieldException if it lies outside of the folder, by its path or by a link, or
   *     isn't there
   */
  public Path file(String uri) {
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
