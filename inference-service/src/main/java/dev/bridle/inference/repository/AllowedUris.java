package dev.bridle.inference.repository;

import java.net.URI;
import java.util.List;
import java.util.Objects;

/** The places that models may be fetched from, compared part by part. */
final class AllowedUris {
  private final List<URI> prefixes;

  AllowedUris(List<URI> prefixes) {
    this.prefixes = List.copyOf(prefixes);
  }

  boolean allows(URI uri) {
    URI plain = uri.normalize();
    return plain.getUserInfo() == null
        && plain.getPath() != null
        && !plain.getPath().contains("..")
        && prefixes.stream().anyMatch(prefix -> covers(prefix, plain));
  }

  List<URI> prefixes() {
    return prefixes;
  }

  private static boolean covers(URI prefix, URI uri) {
    return prefix.getScheme().equalsIgnoreCase(uri.getScheme())
        && Objects.equals(prefix.getRawAuthority(), uri.getRawAuthority())
        && under(prefix.getPath(), uri.getPath());
  }

  private static boolean under(String folder, String path) {
    return path.startsWith(folder.endsWith("/") ? folder : folder + "/");
  }
}
