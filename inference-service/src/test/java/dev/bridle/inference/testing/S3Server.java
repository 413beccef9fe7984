package dev.bridle.inference.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * As much of an S3 store as is read: ListObjectsV2 in pages of two, and GetObject with If-Match, of
 * one bucket in paths. Every request has to be signed by version 4 with the one key that it knows,
 * which it computes by itself. Source: AWS, "Amazon S3 API Reference" and "Signature Version 4".
 */
public final class S3Server implements AutoCloseable {
  public static final String ACCESS_KEY = "reader";
  public static final String SECRET_KEY = "a secret";
  private static final String BUCKET = "models";
  private static final int PAGE = 2;

  private record Stored(byte[] bytes, String etag) {}

  private final NavigableMap<String, Stored> objects = new ConcurrentSkipListMap<>();
  private final HttpServer server;
  private volatile boolean truncates;
  private volatile Runnable beforeEachObject = () -> {};

  public S3Server() throws IOException {
    this(0);
  }

  public S3Server(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::handle);
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port());
  }

  /** Puts or replaces an object. */
  public S3Server put(String key, byte[] bytes) {
    objects.put(key, new Stored(bytes, '"' + Announcer.sha256(bytes).substring(0, 32) + '"'));
    return this;
  }

  public void remove(String key) {
    objects.remove(key);
  }

  /** Whether answers end in the middle of an object. */
  public void truncate(boolean now) {
    truncates = now;
  }

  /** What happens between a listing and the reading of each object. */
  public void beforeEachObject(Runnable action) {
    beforeEachObject = action;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (!isSigned(exchange)) {
        error(exchange, 403, "SignatureDoesNotMatch");
      } else if (!path.startsWith("/" + BUCKET)) {
        error(exchange, 404, "NoSuchBucket");
      } else if (path.length() <= BUCKET.length() + 2) {
        list(exchange);
      } else {
        object(exchange, path.substring(BUCKET.length() + 2));
      }
    }
  }

  private void list(HttpExchange exchange) throws IOException {
    Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
    String prefix = query.getOrDefault("prefix", "");
    String after = query.getOrDefault("continuation-token", "");
    List<Map.Entry<String, Stored>> rest =
        objects.tailMap(after, false).entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(prefix))
            .toList();
    List<Map.Entry<String, Stored>> page = rest.stream().limit(PAGE).toList();
    boolean more = rest.size() > page.size();
    String contents =
        page.stream()
            .map(
                entry ->
                    ("<Contents><Key>%s</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified>"
                            + "<ETag>%s</ETag><Size>%d</Size></Contents>")
                        .formatted(
                            entry.getKey(),
                            entry.getValue().etag().replace("\"", "&quot;"),
                            entry.getValue().bytes().length))
            .collect(Collectors.joining());
    String next =
        more
            ? "<NextContinuationToken>%s</NextContinuationToken>"
                .formatted(page.get(page.size() - 1).getKey())
            : "";
    send(
        exchange,
        200,
        "<ListBucketResult><Name>%s</Name><IsTruncated>%s</IsTruncated>%s%s</ListBucketResult>"
            .formatted(BUCKET, more, next, contents)
            .getBytes(UTF_8));
  }

  private void object(HttpExchange exchange, String key) throws IOException {
    beforeEachObject.run();
    Stored stored = objects.get(key);
    String wanted = exchange.getRequestHeaders().getFirst("If-Match");
    if (stored == null) {
      error(exchange, 404, "NoSuchKey");
    } else if (wanted != null && !wanted.equals(stored.etag())) {
      error(exchange, 412, "PreconditionFailed");
    } else {
      exchange.getResponseHeaders().set("ETag", stored.etag());
      exchange.sendResponseHeaders(200, stored.bytes().length);
      int length = truncates ? stored.bytes().length / 2 : stored.bytes().length;
      exchange.getResponseBody().write(stored.bytes(), 0, length);
      exchange.getResponseBody().flush();
    }
  }

  private static void error(HttpExchange exchange, int status, String code) throws IOException {
    send(exchange, status, "<Error><Code>%s</Code></Error>".formatted(code).getBytes(UTF_8));
  }

  private static void send(HttpExchange exchange, int status, byte[] xml) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    exchange.sendResponseHeaders(status, xml.length);
    exchange.getResponseBody().write(xml);
  }

  private static Map<String, String> query(String raw) {
    return Stream.of((raw == null ? "" : raw).split("&"))
        .map(pair -> (pair + "=").split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair[1].replaceFirst("=$", ""), UTF_8)));
  }

  private static boolean isSigned(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    String authorization = String.valueOf(headers.getFirst("Authorization"));
    Map<String, String> parts =
        Stream.of(authorization.replaceFirst("^AWS4-HMAC-SHA256 ", "").split(", *"))
            .map(part -> (part + "=").split("=", 3))
            .collect(Collectors.toMap(part -> part[0], part -> part[1]));
    String[] credential = parts.getOrDefault("Credential", "").split("/", 2);
    if (!credential[0].equals(ACCESS_KEY)) {
      return false;
    }
    String names = parts.get("SignedHeaders");
    String signed =
        Arrays.stream(names.split(";"))
            .map(name -> name + ":" + String.join(",", headers.get(name)).strip() + "\n")
            .collect(Collectors.joining());
    String raw = exchange.getRequestURI().getRawQuery();
    String query =
        raw == null
            ? ""
            : Stream.of(raw.split("&"))
                .map(pair -> pair.contains("=") ? pair : pair + "=")
                .sorted()
                .collect(Collectors.joining("&"));
    String request =
        String.join(
            "\n",
            exchange.getRequestMethod(),
            exchange.getRequestURI().getRawPath(),
            query,
            signed,
            names,
            headers.getFirst("x-amz-content-sha256"));
    String text =
        String.join(
            "\n",
            "AWS4-HMAC-SHA256",
            headers.getFirst("x-amz-date"),
            credential[1],
            Announcer.sha256(request.getBytes(UTF_8)));
    byte[] key = ("AWS4" + SECRET_KEY).getBytes(UTF_8);
    for (String part : credential[1].split("/")) {
      key = hmac(key, part);
    }
    return HexFormat.of().formatHex(hmac(key, text)).equals(parts.get("Signature"));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
