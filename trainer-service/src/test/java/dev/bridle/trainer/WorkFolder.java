package dev.bridle.trainer;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;

/** A fresh work folder, and the project's own data sets. */
public final class WorkFolder implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    try {
      return Map.of(
          "bridle.trainer.work-dir",
          Files.createTempDirectory("bridle-trainer-").toString(),
          "bridle.trainer.datasets-dir",
          "../examples/data");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {}
}
