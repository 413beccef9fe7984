package dev.bridle.guard;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The API key in an {@code Authorization} header. */
final class Credential {
  private static final String BEARER = "bearer ";
  private static final String BASIC = "basic ";

  private Credential() {}

  /**
   * The key of {@code Bearer bridle_...}, or the password of {@code Basic}, which is how a
   * browser's own prompt sends it; empty for anything else, such as an issuer's token.
   */
  static Optional<String> of(String authorization) {
    if (authorization == null) {
      return Optional.empty();
    }
    if (startsWith(authorization, BEARER)) {
      String token = authorization.substring(BEARER.length()).strip();
      return Optional.of(token).filter(text -> text.startsWith(ApiKey.PREFIX));
    }
    return startsWith(authorization, BASIC)
        ? Optional.of(password(authorization.substring(BASIC.length()).strip()))
        : Optional.empty();
  }

  private static boolean startsWith(String text, String prefix) {
    return text.regionMatches(true, 0, prefix, 0, prefix.length());
  }

  /** What can't be read is a key that opens nothing. */
  private static String password(String base64) {
    try {
      String pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
      return pair.substring(pair.indexOf(':') + 1);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
