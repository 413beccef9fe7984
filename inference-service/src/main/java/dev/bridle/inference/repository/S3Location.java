package dev.bridle.inference.repository;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a bucket.
 *
 * @param key of an object, or the beginning of several keys; empty for the whole bucket
 */
record S3Location(String bucket, String key) {
  private static final Pattern URIS =
      Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:/[A-Za-z0-9_~.-]+)*)/?");

  /**
   * @param name of the setting or field that it stands in
   * @throws IllegalArgumentException if it is no plain one
   */
  static S3Location of(String name, URI uri) {
    Matcher matcher = URIS.matcher(uri.toString());
    if (!matcher.matches() || matcher.group(2).matches(".*/\\.{1,2}(/.*)?")) {
      throw new IllegalArgumentException(
          "%s should be s3://BUCKET/KEY of letters, digits, dots, hyphens, underscores and tildes: was '%s'"
              .formatted(name, uri));
    }
    String path = matcher.group(2);
    return new S3Location(matcher.group(1), path.isEmpty() ? "" : path.substring(1));
  }

  /** What lies under it. */
  S3Location resolve(String below) {
    return new S3Location(bucket, key.isEmpty() ? below : key + "/" + below);
  }

  URI uri() {
    return URI.create("s3://" + bucket + (key.isEmpty() ? "" : "/" + key));
  }
}
