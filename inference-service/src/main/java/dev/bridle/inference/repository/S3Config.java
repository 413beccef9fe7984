package dev.bridle.inference.repository;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The store that speaks S3's protocol, for {@code s3:} addresses of models and of a bucket. */
@ConfigMapping(prefix = "bridle.inference.s3")
public interface S3Config {
  /**
   * Where models lie beside the folder: {@code s3://BUCKET} or {@code s3://BUCKET/PREFIX}, laid out
   * as the folder is.
   */
  Optional<URI> bucket();

  /** How often the bucket is looked through for what is new. */
  @WithDefault("60s")
  Duration poll();

  /** Such as {@code https://minio.example.com:9000}; AWS's own unless given. */
  Optional<URI> endpoint();

  @WithDefault("us-east-1")
  String region();

  /**
   * Who asks; unless given, whoever the environment says: AWS's variables, profile, or the role of
   * the container or machine.
   */
  Optional<String> accessKey();

  /** Required with an access key. */
  Optional<String> secretKey();
}
