package dev.bridle.inference.repository;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where models are kept, and what may be fetched. */
@ConfigMapping(prefix = "bridle.inference")
public interface ModelRepositoryConfig {
  /** The folder of {@code <model>/<version>/model.onnx}. */
  @WithDefault(".bridle/inference")
  Path repositoryDir();

  /** Prefixes of the URIs that models are fetched from: http, https, file or s3. */
  @WithDefault("http://127.0.0.1:8081/")
  List<URI> allowedUris();

  /** The API key that fetches over http and https present, if the trainer asks for one. */
  Optional<String> fetchKey();

  /** The greatest size of a model, in bytes. */
  @WithDefault("268435456")
  long maxModelBytes();

  /** The longest that one fetch may take. */
  @WithDefault("60s")
  Duration fetchTimeout();

  /** The wait before the first repetition of a failed fetch; each further wait is doubled. */
  @WithDefault("500ms")
  Duration fetchRetryDelay();

  /** The longest wait between two fetches. */
  @WithDefault("30s")
  Duration fetchRetryMaxDelay();

  /**
   * The longest that readiness waits, after the start, for the models that were announced before.
   */
  @WithDefault("30s")
  Duration announcementsPatience();

  /** How often a fetch is tried before its model is given up. */
  @WithDefault("100")
  int fetchAttempts();
}
