package dev.bridle.guard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A caller's name, its roles, and the SHA-256 of its key. A plain digest is enough here, and a slow
 * one would only help who floods the service: the key is 256 random bits, not a word that someone
 * chose, so nobody finds it by trying.
 */
record ApiKey(String name, Set<String> roles, String sha256) {
  /**
   * What a key begins with: tells it from an issuer's token, and lets scanners for secrets see it.
   */
  static final String PREFIX = "bridle_";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  ApiKey {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name should be 1 to 64 letters, digits, '.', '_' or '-': was '%s'".formatted(name));
    }
    if (roles.isEmpty() || !Role.ALL.containsAll(roles)) {
      throw new IllegalArgumentException(
          "roles should be among %s: were %s"
              .formatted(new TreeSet<>(Role.ALL), new TreeSet<>(roles)));
    }
    if (!HASH.matcher(sha256).matches()) {
      // The value isn't repeated: it might be the key itself.
      throw new IllegalArgumentException(
          "hash should be 64 hexadecimal digits, lowercase: was of %d characters"
              .formatted(sha256.length()));
    }
    roles = Set.copyOf(roles);
  }

  /** Reads {@code name role[,role] hash}. */
  static ApiKey parse(String line) {
    String[] fields = line.strip().split("\\s+");
    if (fields.length != 3) {
      throw new IllegalArgumentException(
          "a line should be 'name role[,role] hash': had %d fields".formatted(fields.length));
    }
    return new ApiKey(fields[0], new TreeSet<>(Arrays.asList(fields[1].split(","))), fields[2]);
  }

  /** Takes as long for a key that is nearly right as for any other. */
  boolean opensWith(byte[] candidateSha256) {
    return MessageDigest.isEqual(HexFormat.of().parseHex(sha256), candidateSha256);
  }

  static byte[] sha256(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
