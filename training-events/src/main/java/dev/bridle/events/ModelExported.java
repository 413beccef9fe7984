package dev.bridle.events;

import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

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
  public ModelExported {
    Require.present("run", run);
    Require.atLeast("attempt", 1, attempt);
    Require.model(model);
    Require.atLeast("version", 1, version);
    Require.present("uri", uri);
    Require.sha256(sha256);
    Require.atLeast("sizeBytes", 1, sizeBytes);
    Require.atLeast("bestEpoch", 1, bestEpoch);
    evaluation =
        evaluation == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(evaluation));
    Require.present("time", time);
  }

  @Override
  public String identity() {
    return run + "/" + attempt + "/model";
  }
}
