package dev.bridle.inference.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The models that {@code models/generate.py} made, and what their makers answer. */
public final class ModelFiles {
  private ModelFiles() {}

  /**
   * @param plain without Dropout, row-major
   * @param passes that mean and variance are of; 0 where they are exact
   * @param mean empty for a model that can't be sampled
   */
  public record Expected(
      float[] input,
      List<Long> shape,
      double[] plain,
      int passes,
      double[] mean,
      double[] variance) {
    public boolean isSampled() {
      return mean != null;
    }
  }

  public static Map<String, Expected> expected() {
    ObjectMapper json = new ObjectMapper();
    try {
      var type = json.getTypeFactory().constructMapType(Map.class, String.class, Expected.class);
      return json.readValue(Files.readAllBytes(folder().resolve("expected.json")), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] bytes(String name) {
    try {
      return Files.readAllBytes(folder().resolve(name + ".onnx"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of the models that shouldn't be served. */
  public static List<String> hostile() {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("hostile-"))
          .map(name -> name.replace(".onnx", ""))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() {
    try {
      return Path.of(ModelFiles.class.getResource("/models").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
