package dev.bridle.inference.repository;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bridle.events.wire.EventJson;
import dev.bridle.inference.graph.ModelRefusedException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A bucket laid out as the folder is: {@code <model>/<version>/model.onnx}, and a {@code
 * model.json} beside it where a trainer's model was copied there.
 */
final class ModelBucket {
  /** As the folder's, so that no key leads elsewhere; every other key is passed over. */
  private static final Pattern MODELS =
      Pattern.compile("(%s)/(%s)/model\\.onnx".formatted(ModelStore.MODEL, ModelStore.VERSION));

  private static final int MAX_JSON = 1 << 20;

  private final S3Store store;
  private final S3Location root;
  private final long maxModelBytes;
  private final ObjectMapper json = EventJson.mapper();

  /**
   * @param json the model.json beside it
   */
  record Listed(ModelVersion id, S3Store.Found onnx, Optional<S3Store.Found> json) {
    /** Another one where either file is another. */
    String mark() {
      return onnx.etag() + json.map(S3Store.Found::etag).orElse("");
    }
  }

  /** A model and where it is from. */
  record Content(byte[] onnx, Provenance provenance) {}

  ModelBucket(S3Store store, S3Location root, long maxModelBytes) {
    this.store = store;
    this.root = root;
    this.maxModelBytes = maxModelBytes;
  }

  URI uri() {
    return root.uri();
  }

  List<Listed> versions() throws IOException {
    int prefix = root.key().isEmpty() ? 0 : root.key().length() + 1;
    Map<String, S3Store.Found> found =
        store.list(root).stream()
            .collect(
                Collectors.toMap(
                    object -> object.key().substring(prefix), Function.identity(), (a, b) -> b));
    return found.keySet().stream()
        .sorted()
        .map(MODELS::matcher)
        .filter(Matcher::matches)
        .map(
            key ->
                new Listed(
                    new ModelVersion(key.group(1), Long.parseLong(key.group(2))),
                    found.get(key.group()),
                    Optional.ofNullable(
                        found.get(key.group().replace("model.onnx", "model.json")))))
        .toList();
  }

  /**
   * The model as it was listed.
   *
   * @throws ModelRefusedException if it is too large, or not the one that its model.json names
   * @throws IOException if it can't be read now, or was replaced meanwhile
   */
  Content read(Listed listed) throws IOException {
    long size = listed.onnx().sizeBytes();
    if (size > maxModelBytes) {
      throw new ModelRefusedException(
          "the model should be of at most %d bytes: was %d".formatted(maxModelBytes, size));
    }
    S3Location place = new S3Location(root.bucket(), listed.onnx().key());
    byte[] onnx = store.read(place, Optional.of(listed.onnx().etag()), Math.toIntExact(size) + 1);
    if (onnx.length != size) {
      throw new IOException(
          "%s should be of %d bytes as listed: was of another size".formatted(place.uri(), size));
    }
    String sha256 = Checksum.sha256(onnx);
    Optional<Provenance> known =
        listed.json().isEmpty() ? Optional.empty() : Optional.of(provenance(listed.json().get()));
    if (known.isPresent() && !known.get().sha256().equals(sha256)) {
      throw new ModelRefusedException(
          "sha256 should be %s as in model.json: was %s".formatted(known.get().sha256(), sha256));
    }
    return new Content(
        onnx,
        known
            .orElseGet(() -> Provenance.laid(listed.id(), sha256, size, listed.onnx().modified()))
            .from(place.uri(), listed.mark()));
  }

  private Provenance provenance(S3Store.Found object) throws IOException {
    byte[] bytes =
        store.read(
            new S3Location(root.bucket(), object.key()), Optional.of(object.etag()), MAX_JSON);
    try {
      return json.readValue(bytes, Provenance.class);
    } catch (IOException e) {
      throw new ModelRefusedException("model.json can't be read: " + e.getMessage(), e);
    }
  }
}
