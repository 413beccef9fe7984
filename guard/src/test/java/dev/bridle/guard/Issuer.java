package dev.bridle.guard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/** An OpenID issuer on a free port, which serves its keys, and a file of API keys. */
public class Issuer implements QuarkusTestResourceLifecycleManager {
  static final String VIEWER_KEY = ApiKey.PREFIX + "0a".repeat(32);
  static final String SUBMITTER_KEY = ApiKey.PREFIX + "0b".repeat(32);
  static final String HASTY_KEY = ApiKey.PREFIX + "0c".repeat(32);

  private static final KeyPair KEYS = keys();
  private static volatile String url;

  private HttpServer server;
  private Path file;

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      url = "http://localhost:" + server.getAddress().getPort();
      server.createContext("/.well-known/openid-configuration", this::configuration);
      server.createContext("/jwks", this::publicKeys);
      server.start();
      file = Files.createTempFile("bridle-keys", "");
      Files.writeString(
          file,
          "looker viewer %s%nci submitter %s%nhasty viewer %s%n"
              .formatted(
                  ApiKeysTest.hash(VIEWER_KEY),
                  ApiKeysTest.hash(SUBMITTER_KEY),
                  ApiKeysTest.hash(HASTY_KEY)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.of("quarkus.oidc.auth-server-url", url, "bridle.guard.keys-file", file.toString());
  }

  @Override
  public void stop() {
    server.stop(0);
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static PrivateKey privateKey() {
    return KEYS.getPrivate();
  }

  static String url() {
    return url;
  }

  static String token(String role) {
    return sign(url, "bridle", role, Instant.now().plusSeconds(60), privateKey());
  }

  /** A caller of any name: the issuer's users choose theirs. */
  static String tokenOf(String name, String role) {
    return sign(url, "bridle", name, role, Instant.now().plusSeconds(60), privateKey());
  }

  static String sign(String issuer, String audience, String role, Instant ends, PrivateKey key) {
    return sign(issuer, audience, "ada", role, ends, key);
  }

  private static String sign(
      String issuer, String audience, String name, String role, Instant ends, PrivateKey key) {
    return Jwt.issuer(issuer)
        .audience(audience)
        .upn(name)
        .subject(name)
        .groups(Set.of(role))
        .issuedAt(ends.minus(Duration.ofMinutes(10)))
        .expiresAt(ends)
        .jws()
        .keyId("one")
        .sign(key);
  }

  static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void configuration(HttpExchange exchange) throws IOException {
    answer(
        exchange,
        """
        {"issuer": "%1$s", "jwks_uri": "%1$s/jwks", "token_endpoint": "%1$s/token"}"""
            .formatted(url));
  }

  private void publicKeys(HttpExchange exchange) throws IOException {
    RSAPublicKey key = (RSAPublicKey) KEYS.getPublic();
    answer(
        exchange,
        """
        {"keys": [{"kty": "RSA", "kid": "one", "use": "sig", "alg": "RS256", "n": "%s", "e": "%s"}]}"""
            .formatted(
                base64(key.getModulus().toByteArray()),
                base64(key.getPublicExponent().toByteArray())));
  }

  private static String base64(byte[] signed) {
    int start = signed[0] == 0 ? 1 : 0;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(java.util.Arrays.copyOfRange(signed, start, signed.length));
  }

  private static void answer(HttpExchange exchange, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
