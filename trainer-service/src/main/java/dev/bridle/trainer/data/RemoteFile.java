package dev.bridle.trainer.data;

import dev.bridle.trainer.spec.InvalidFieldException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/**
 * A file of another host, which may be asked for it.
 *
 * @param name the last segment of its path
 */
record RemoteFile(URI uri, String name) {
  private static final String FIELD = "data.uri";

  /** Whether a data set lies on another host. */
  static boolean isNamedBy(String uri) {
    return uri.toLowerCase(Locale.ROOT).matches("https?://.*");
  }

  /**
   * @param hosts that may be asked, as {@link RemoteData} has them
   * @throws InvalidFieldException if its host may not
   */
  static RemoteFile of(String text, List<String> hosts) {
    URI uri = parsed(text);
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
    return new RemoteFile(uri, name);
  }

  private static URI parsed(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new InvalidFieldException(FIELD, "should be a URI: " + e.getMessage());
    }
  }
}
