package dev.bridle.monitor.web.projection;

import dev.bridle.events.ModelExported;
import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * The model that a run exported.
 *
 * @param bestEpoch the epoch whose weights it holds
 * @param evaluation metrics on the test split, by name
 */
public record ModelView(
    String model,
    long version,
    URI uri,
    String sha256,
    long sizeBytes,
    int bestEpoch,
    Map<String, Double> evaluation,
    Instant time) {
  static ModelView of(ModelExported event) {
    return new ModelView(
        event.model(),
        event.version(),
        event.uri(),
        event.sha256(),
        event.sizeBytes(),
        event.bestEpoch(),
        event.evaluation(),
        event.time());
  }
}
