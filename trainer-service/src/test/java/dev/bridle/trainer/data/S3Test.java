package dev.bridle.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.bridle.trainer.Digits;
import dev.bridle.trainer.spec.DataSpec;
import dev.bridle.trainer.spec.InvalidFieldException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3Test {
  private static final byte[] CSV = "a,label\n1,p\n2,q\n".getBytes(StandardCharsets.UTF_8);

  /** Those of AWS's published examples. */
  private static final S3.Credentials KEYS =
      new S3.Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");

  private static final Instant TIME = Instant.parse("2013-05-24T00:00:00Z");

  @TempDir Path home;
  private final List<Headers> asked = new ArrayList<>();
  private HttpServer server;
  private String host;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/bucket/sets/data.csv",
        exchange -> {
          asked.add(exchange.getRequestHeaders());
          exchange.sendResponseHeaders(200, CSV.length);
          exchange.getResponseBody().write(CSV);
          exchange.close();
        });
    server.start();
    host = "127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** "Example: GET Object" of AWS's documentation of the signature. */
  @Test
  void theSignatureIsThatOfThePublishedExample() {
    Map<String, String> headers =
        S3Signature.headers(
            URI.create("https://examplebucket.s3.amazonaws.com/test.txt"),
            "us-east-1",
            KEYS,
            TIME,
            Map.of("range", "bytes=0-9"));
    assertThat(headers.get("authorization"))
        .isEqualTo(
            "AWS4-HMAC-SHA256"
                + " Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
  }

  @Test
  void aKeyOfABucketIsFetchedWithASignature() {
    RemoteData settings = settings(Optional.of(KEYS), host);
    RemoteFile file = RemoteFile.of("s3://bucket/sets/data.csv", settings);
    Clock clock = Clock.fixed(TIME, ZoneOffset.UTC);
    Path kept =
        new Download(settings, SystemDefaultDnsResolver.INSTANCE, clock).file(file, Sha256.of(CSV));
    assertThat(kept).hasBinaryContent(CSV).hasFileName("data.csv");
    Map<String, String> expected =
        S3Signature.headers(
            URI.create("http://" + host + "/bucket/sets/data.csv"), "here", KEYS, TIME, Map.of());
    assertThat(expected).containsKeys("authorization", "x-amz-date", "x-amz-content-sha256");
    expected.forEach((name, value) -> assertThat(asked.get(0).getFirst(name)).isEqualTo(value));
    assertThat(asked.get(0).getFirst("host")).isEqualTo(host);
  }

  @Test
  void withoutKeysNothingIsSigned() {
    DatasetsFolder datasets = new DatasetsFolder(home, settings(Optional.empty(), host));
    assertThat(datasets.data(spec("s3://bucket/sets/data.csv"))).hasBinaryContent(CSV);
    assertThat(asked.get(0)).doesNotContainKey("Authorization");
  }

  @Test
  void theStoresHostHasToBeAllowedToo() {
    DatasetsFolder datasets = new DatasetsFolder(home, settings(Optional.of(KEYS), "elsewhere"));
    assertThatThrownBy(() -> datasets.require(spec("s3://bucket/sets/data.csv")))
        .isInstanceOf(InvalidFieldException.class)
        .hasMessageContaining("should lie on a host of bridle.trainer.remote-data.hosts");
    assertThatThrownBy(() -> new DatasetsFolder(home).require(spec("s3://bucket/data.csv")))
        .isInstanceOf(InvalidFieldException.class)
        .hasMessageContaining("without bridle.trainer.remote-data.s3.endpoint");
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://bucket",
        "s3://bucket/",
        "s3://Bucket/data.csv",
        "s3://bucket/../other/data.csv",
        "s3://bucket//data.csv",
        "s3://bucket/data.csv?versionId=1",
        "s3://user@bucket/data.csv",
        "s3://bucket/a%2Fb.csv"
      })
  void whatIsNoPlainKeyIsRefused(String uri) {
    DatasetsFolder datasets = new DatasetsFolder(home, settings(Optional.of(KEYS), host));
    assertThatThrownBy(() -> datasets.require(spec(uri)))
        .isInstanceOf(InvalidFieldException.class)
        .hasMessageStartingWith("data.uri should be s3://BUCKET/KEY");
  }

  @Test
  void theSecretIsInNoText() {
    assertThat(settings(Optional.of(KEYS), host).toString()).doesNotContain(KEYS.secretKey());
  }

  private RemoteData settings(Optional<S3.Credentials> keys, String allowed) {
    return new RemoteData(
        List.of(allowed),
        RemoteData.Addresses.ANY,
        1000,
        Duration.ofMinutes(1),
        home.resolve("kept"),
        Optional.of(new S3(URI.create("http://" + host), "here", keys)));
  }

  private static DataSpec spec(String uri) {
    return Digits.read(
            "{\"name\":\"x\",\"data\":{\"uri\":\"%s\",\"sha256\":\"%s\"}}"
                .formatted(uri, Sha256.of(CSV)))
        .data();
  }
}
