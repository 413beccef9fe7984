package dev.bridle.trainer.data;

import java.net.URI;
import java.util.Optional;

/**
 * A store that speaks S3's protocol.
 *
 * @param endpoint such as {@code https://s3.eu-central-1.amazonaws.com}; buckets are the first
 *     segment of its paths
 * @param credentials empty for what everybody may read
 */
public record S3(URI endpoint, String region, Optional<Credentials> credentials) {
  /** Who asks. */
  public record Credentials(String accessKey, String secretKey) {
    @Override
    public String toString() {
      return "credentials of " + accessKey;
    }
  }
}
