package dev.bridle.trainer.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs a GET request without a body or a query. Source: AWS, Signature Version 4, "Authenticating
 * Requests: Using the Authorization Header".
 */
final class S3Signature {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String EMPTY = Sha256.of(new byte[0]);

  private S3Signature() {}

  /**
   * The headers that the request needs, beside {@code host}, which it has.
   *
   * @param uri its path of unreserved characters and slashes alone
   * @param others further headers of the request, by their names in lower case
   */
  static Map<String, String> headers(
      URI uri, String region, S3.Credentials credentials, Instant now, Map<String, String> others) {
    String time = TIME.format(now);
    SortedMap<String, String> signed = new TreeMap<>(others);
    signed.put("host", uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort());
    signed.put("x-amz-content-sha256", EMPTY);
    signed.put("x-amz-date", time);
    String names = String.join(";", signed.keySet());
    String request =
        "GET\n%s\n\n%s\n%s\n%s"
            .formatted(
                uri.getRawPath(),
                signed.entrySet().stream()
                    .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                    .collect(Collectors.joining()),
                names,
                EMPTY);
    String scope = "%s/%s/s3/aws4_request".formatted(time.substring(0, 8), region);
    String text =
        "%s\n%s\n%s\n%s".formatted(ALGORITHM, time, scope, Sha256.of(request.getBytes(UTF_8)));
    byte[] key = ("AWS4" + credentials.secretKey()).getBytes(UTF_8);
    for (String part : scope.split("/")) {
      key = hmac(key, part);
    }
    Map<String, String> headers = new TreeMap<>(signed);
    headers.remove("host");
    headers.put(
        "authorization",
        "%s Credential=%s/%s,SignedHeaders=%s,Signature=%s"
            .formatted(
                ALGORITHM,
                credentials.accessKey(),
                scope,
                names,
                HexFormat.of().formatHex(hmac(key, text))));
    return headers;
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
