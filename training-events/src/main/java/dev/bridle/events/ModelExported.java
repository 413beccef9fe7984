package dev.bridle.events;

import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A model passed the parity gate and can be served.
 *
 * @param model the name that it is served under: letters, digits, dots, underscores, hyphens
 * @param version a positive whole number; of two versions of a model the greater is the newer
 * @param uri where its ONNX file is read: {@code http:}, {@code https:}, {@code file:} or {@code
 *     s3:}
 * @param sha256 of the file, 64 lower-case hexadecimal digits
 * @param sizeBytes of the file
 * @param bestEpoch the epoch whose weights it holds
 * @param evaluation metrics on the test split, by the names of the {@link MetricVocabulary}
 */
public record ModelExported(
    RunId run,
    int attempt,
    String model,
    long version,
    URI uri,
    String sha256,
    long sizeBytes,
    int bestEpoch,
    Map<String, Double> evaluation,
    Instant time)
    implements TrainingEvent {
  private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  public ModelExported {
    Require.present("run", run);
    Require.atLeast("attempt", 1, attempt);
    matching("model", MODEL, model);
    if (version < 1) {
      throw new IllegalArgumentException("version should be at least 1: was " + version);
    }
    Require.present("uri", uri);
    matching("sha256", SHA256, sha256);
    if (sizeBytes < 1) {
      throw new IllegalArgumentException("sizeBytes should be at least 1: was " + sizeBytes);
    }
    Require.atLeast("bestEpoch", 1, bestEpoch);
    evaluation =
        evaluation == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(evaluation));
    Require.present("time", time);
  }

  @Override
  public String identity() {
    return run + "/" + attempt + "/model";
  }

  private static void matching(String field, Pattern pattern, String value) {
    if (value == null || !pattern.matcher(value).matches()) {
      throw new IllegalArgumentException(
          field + " should match " + pattern + ": was '" + value + "'");
    }
  }
}
