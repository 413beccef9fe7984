package dev.bridle.inference.repository;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Reads a store that speaks S3's protocol; whatever goes wrong is an IOException with a reason.
 * There is no client before somebody reads.
 */
@Singleton
final class S3Store {
  private final S3Config config;
  private final Duration timeout;
  private final Optional<AwsCredentialsProvider> keys;
  private S3Client client;

  /**
   * An object as a listing tells of it.
   *
   * @param etag its version's mark, which another content changes
   */
  record Found(String key, String etag, long sizeBytes, Instant modified) {}

  /**
   * @throws IllegalArgumentException if there is an access key without its secret
   */
  S3Store(S3Config config, ModelRepositoryConfig repository) {
    this.config = config;
    this.timeout = repository.fetchTimeout();
    this.keys = config.accessKey().map(key -> keys(key, config.secretKey()));
  }

  private static AwsCredentialsProvider keys(String access, Optional<String> secret) {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(
            access,
            secret.orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "bridle.inference.s3.secret-key is required with"
                            + " bridle.inference.s3.access-key"))));
  }

  private synchronized S3Client client() {
    if (client == null) {
      S3ClientBuilder builder =
          S3Client.builder()
              .region(Region.of(config.region()))
              .credentialsProvider(
                  keys.orElseGet(() -> DefaultCredentialsProvider.builder().build()))
              .overrideConfiguration(options -> options.apiCallTimeout(timeout))
              .httpClientBuilder(
                  UrlConnectionHttpClient.builder()
                      .connectionTimeout(timeout)
                      .socketTimeout(timeout));
      config.endpoint().ifPresent(uri -> builder.endpointOverride(uri).forcePathStyle(true));
      client = builder.build();
    }
    return client;
  }

  /** Every object under it. */
  List<Found> list(S3Location place) throws IOException {
    String prefix = place.key().isEmpty() ? "" : place.key() + "/";
    try {
      return client()
          .listObjectsV2Paginator(request -> request.bucket(place.bucket()).prefix(prefix))
          .contents()
          .stream()
          .map(
              object ->
                  new Found(object.key(), object.eTag(), object.size(), object.lastModified()))
          .toList();
    } catch (SdkException e) {
      throw failed(place, e);
    }
  }

  /**
   * The object's first bytes, so many at the most.
   *
   * @param etag that it has to have still; empty for any
   */
  byte[] read(S3Location place, Optional<String> etag, int limit) throws IOException {
    try (ResponseInputStream<GetObjectResponse> body =
        client()
            .getObject(
                request ->
                    request.bucket(place.bucket()).key(place.key()).ifMatch(etag.orElse(null)))) {
      byte[] bytes = body.readNBytes(limit);
      if (bytes.length == limit) {
        body.abort();
      }
      return bytes;
    } catch (SdkException e) {
      throw failed(place, e);
    } catch (IOException e) {
      throw new IOException("%s broke off: %s".formatted(place.uri(), e.getMessage()), e);
    }
  }

  private static IOException failed(S3Location place, SdkException e) {
    URI uri = place.uri();
    return e instanceof S3Exception answer
        ? new IOException("%s: %s".formatted(uri, reason(answer)), e)
        : new IOException("%s can't be reached: %s".formatted(uri, e.getMessage()), e);
  }

  private static String reason(S3Exception answer) {
    if (answer.statusCode() == 412) {
      return "was replaced while it was read";
    }
    String code = answer.awsErrorDetails() == null ? null : answer.awsErrorDetails().errorCode();
    return "the store answered %d%s"
        .formatted(answer.statusCode(), code == null ? "" : ", " + code);
  }

  @PreDestroy
  synchronized void close() {
    if (client != null) {
      client.close();
    }
  }
}
