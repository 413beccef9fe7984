package dev.bridle.inference.repository;

import dev.bridle.events.ModelExported;
import java.net.URI;
import java.time.Instant;
import java.util.Map;

/** Beside each stored model, as {@code model.json}: what it is and where it came from. */
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
    Instant exportedAt) {
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
        exported.time());
  }
}
