package dev.bridle.trainer.data;

import dev.bridle.trainer.spec.InvalidFieldException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A file of another host, which may be asked for it.
 *
 * @param name the last segment of its path
 * @param s3 the store that it lies in; empty where it is no store's
 */
record RemoteFile(URI uri, String name, Optional<S3> s3) {
  private static final String FIELD = "data.uri";

  /** Whether a data set lies on another host. */
  static boolean isNamedBy(String uri) {
    return uri.toLowerCase(Locale.ROOT).matches("(https?|s3)://.*");
  }

  /**
   * @param settings say which hosts may be asked
   * @throws InvalidFieldException if its host may not
   */
  static RemoteFile of(String text, RemoteData settings) {
    URI given = parsed(text);
    Optional<S3> s3 = "s3".equalsIgnoreCase(given.getScheme()) ? settings.s3() : Optional.empty();
    URI uri = "s3".equalsIgnoreCase(given.getScheme()) ? inStore(text, s3) : given;
    List<String> hosts = settings.hosts();
    if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw new InvalidFieldException(
          FIELD, "should have a host, no user and no fragment: was '%s'".formatted(text));
    }
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    int own = uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    boolean isOwn = uri.getPort() == -1 || uri.getPort() == own;
    String full = host + ":" + (isOwn ? own : uri.getPort());
    if (!hosts.contains(full) && !(isOwn && hosts.contains(host))) {
      throw new InvalidFieldException(
          FIELD,
          "should lie on a host of bridle.trainer.remote-data.hosts, %s: was %s"
              .formatted(hosts, isOwn ? host : full));
    }
    String path = uri.getPath() == null ? "" : uri.getPath();
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (!name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}")) {
      throw new InvalidFieldException(
          FIELD,
          "should end with a file's name of up to 200 letters, digits, dots, underscores and"
              + " hyphens: was '%s'".formatted(name));
    }
    return new RemoteFile(uri, name, s3);
  }

  /** A path that is written the same in an address and in a signature. */
  private static URI inStore(String text, Optional<S3> s3) {
    if (s3.isEmpty()) {
      throw new InvalidFieldException(
          FIELD,
          "should be no s3: address without bridle.trainer.remote-data.s3.endpoint: was '%s'"
              .formatted(text));
    }
    String path = text.substring("s3://".length());
    if (!path.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+")) {
      throw new InvalidFieldException(
          FIELD,
          "should be s3://BUCKET/KEY of letters, digits, dots, hyphens, underscores and tildes: was"
              + " '%s'".formatted(text));
    }
    return s3.get().endpoint().resolve("/" + path);
  }

  private static URI parsed(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new InvalidFieldException(FIELD, "should be a URI: " + e.getMessage());
    }
  }
}
