package dev.bridle.guard;

import java.util.Set;

/** Whether callers have to say who they are; decided from the settings alone, once. */
enum Posture {
  /** Callers need a key or a token. */
  GUARDED("callers need an API key or a bearer token"),
  /** The address can't be reached from other machines. */
  OPEN_ON_LOOPBACK(
      "open to every program on this machine: it listens on loopback, and neither"
          + " bridle.guard.keys-file nor quarkus.oidc.auth-server-url is set"),
  /** The deployment said so. */
  OPEN_BY_SETTING("open to everyone who reaches it: bridle.guard.anonymous is true");

  private static final Set<String> LOOPBACK =
      Set.of("localhost", "127.0.0.1", "::1", "[::1]", "0:0:0:0:0:0:0:1");

  private final String sentence;

  Posture(String sentence) {
    this.sentence = sentence;
  }

  /** What the log says at the start. */
  String sentence() {
    return sentence;
  }

  boolean isOpen() {
    return this != GUARDED;
  }

  /**
   * @throws IllegalStateException if everyone could call from anywhere and nobody said that this is
   *     meant, or if it is said beside keys
   */
  static Posture of(Surroundings around) {
    if (around.hasKeys() || around.hasIssuer()) {
      if (around.anonymous()) {
        throw new IllegalStateException(
            "bridle.guard.anonymous=true would make keys and tokens pointless: take it away, or"
                + " bridle.guard.keys-file and quarkus.oidc.auth-server-url");
      }
      return GUARDED;
    }
    if (around.anonymous()) {
      return OPEN_BY_SETTING;
    }
    if (isLoopback(around.host())) {
      return OPEN_ON_LOOPBACK;
    }
    throw new IllegalStateException(
        ("quarkus.http.host is %s, which other machines reach, and callers need neither key nor"
                + " token: set bridle.guard.keys-file (BRIDLE_GUARD_KEYS_FILE) or"
                + " quarkus.oidc.auth-server-url (QUARKUS_OIDC_AUTH_SERVER_URL), or"
                + " bridle.guard.anonymous=true if something else keeps callers out")
            .formatted(around.host()));
  }

  /** Names aren't looked up: what they mean may change. */
  static boolean isLoopback(String host) {
    return LOOPBACK.contains(host) || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }

  /** The settings that the decision is made from. */
  record Surroundings(String host, boolean hasKeys, boolean hasIssuer, boolean anonymous) {}
}
