package dev.bridle.inference.repository;

import dev.bridle.events.ModelExported;
import dev.bridle.inference.graph.ModelRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads an announced model's bytes, from allowed places alone, and holds them to its checksum. */
final class ModelFetcher {
  private final AllowedUris allowed;
  private final ModelRepositoryConfig config;
  private final HttpClient http;
  private final S3Store s3;

  ModelFetcher(ModelRepositoryConfig config, S3Store s3) {
    this.s3 = s3;
    this.config = config;
    this.allowed = new AllowedUris(config.allowedUris());
    // Without the upgrade to HTTP/2, in which long answers were seen to lose their frames.
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(config.fetchTimeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * @throws ModelRefusedException if trying again is in vain: a place that isn't allowed, a model
   *     too large, of another size or with another checksum than announced
   * @throws IOException if it may be there later
   */
  byte[] fetch(ModelExported exported) throws IOException, InterruptedException {
    if (!allowed.allows(exported.uri())) {
      throw new ModelRefusedException(
          "uri should start with one of %s: was %s".formatted(allowed.prefixes(), exported.uri()));
    }
    if (exported.sizeBytes() > config.maxModelBytes()) {
      throw new ModelRefusedException(
          "sizeBytes should be at most %d: was %d"
              .formatted(config.maxModelBytes(), exported.sizeBytes()));
    }
    int limit = Math.toIntExact(exported.sizeBytes()) + 1;
    byte[] onnx = read(exported.uri(), limit);
    if (onnx.length != exported.sizeBytes()) {
      throw new ModelRefusedException(
          "the model should be of %d bytes as announced: was %s%d"
              .formatted(
                  exported.sizeBytes(), onnx.length == limit ? "at least " : "", onnx.length));
    }
    String sha256 = Checksum.sha256(onnx);
    if (!sha256.equals(exported.sha256())) {
      throw new ModelRefusedException(
          "sha256 should be %s as announced: was %s".formatted(exported.sha256(), sha256));
    }
    return onnx;
  }

  private byte[] read(URI uri, int limit) throws IOException, InterruptedException {
    if (uri.getScheme().equalsIgnoreCase("file")) {
      try (InputStream file = Files.newInputStream(Path.of(uri).toRealPath())) {
        return file.readNBytes(limit);
      }
    }
    if (uri.getScheme().equalsIgnoreCase("s3")) {
      return s3.read(S3Location.of("uri", uri), Optional.empty(), limit);
    }
    CompletableFuture<byte[]> body = new CompletableFuture<>();
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(config.fetchTimeout());
    config.fetchKey().ifPresent(key -> request.header("Authorization", "Bearer " + key));
    HttpResponse<InputStream> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream stream = response.body()) {
      if (response.statusCode() != 200) {
        throw new IOException("%s answered %d".formatted(uri, response.statusCode()));
      }
      body.completeAsync(() -> readAll(stream, limit));
      return body.get(config.fetchTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("%s took longer than %s".formatted(uri, config.fetchTimeout()), e);
    } catch (ExecutionException e) {
      throw new IOException("%s broke off: %s".formatted(uri, e.getCause().getMessage()), e);
    }
  }

  private static byte[] readAll(InputStream stream, int limit) {
    try {
      return stream.readNBytes(limit);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
