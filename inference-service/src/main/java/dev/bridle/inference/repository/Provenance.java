package dev.bridle.inference.repository;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.bridle.events.ModelExported;
import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * Beside each stored model, as {@code model.json}: what it is and where it came from.
 *
 * @param run null where it came from no trainer; then without attempt and bestEpoch
 * @param mark of what the bucket had when it came from there; null otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Provenance(
    String model,
    long version,
    String sha256,
    long sizeBytes,
    URI uri,
    String run,
    int attempt,
    int bestEpoch,
    Map<String, Double> evaluation,
    Instant exportedAt,
    String mark) {
  /** Of a model that somebody laid into the bucket. */
  static Provenance laid(ModelVersion id, String sha256, long sizeBytes, Instant modified) {
    return new Provenance(
        id.model(), id.version(), sha256, sizeBytes, null, null, 0, 0, Map.of(), modified, null);
  }

  /** The same, from there. */
  Provenance from(URI place, String itsMark) {
    return new Provenance(
        model,
        version,
        sha256,
        sizeBytes,
        place,
        run,
        attempt,
        bestEpoch,
        evaluation,
        exportedAt,
        itsMark);
  }

  static Provenance of(ModelExported exported) {
    return new Provenance(
        exported.model(),
        exported.version(),
        exported.sha256(),
        exported.sizeBytes(),
        exported.uri(),
        exported.run().value(),
        exported.attempt(),
        exported.bestEpoch(),
        exported.evaluation(),
        exported.time(),
        null);
  }
}
