package dev.bridle.guard;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Who may call. */
@ConfigMapping(prefix = "bridle.guard")
public interface GuardConfig {
  /** The file of API keys, {@code name role[,role] sha256} a line; read once, at the start. */
  Optional<Path> keysFile();

  /** Lets everyone do everything, whatever the address: something else has to keep callers out. */
  @WithDefault("false")
  boolean anonymous();

  /**
   * How many requests a second a caller may send, and twice as many at once; where keys are set.
   */
  @WithDefault("200")
  int requestsPerSecond();

  /**
   * Paths of requests that change nothing although they aren't GET: the audit log leaves them out.
   */
  Optional<Pattern> unaudited();

  /** What every answer tells browsers, by header. */
  Map<String, String> headers();
}
