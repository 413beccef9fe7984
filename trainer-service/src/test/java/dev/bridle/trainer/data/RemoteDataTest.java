package dev.bridle.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bridle.trainer.Digits;
import dev.bridle.trainer.spec.DataSpec;
import dev.bridle.trainer.spec.InvalidFieldException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a trainer fetches from other hosts, and what nobody makes it fetch. */
class RemoteDataTest {
  private static final byte[] CSV = "a,label\n1,p\n2,q\n".getBytes(StandardCharsets.UTF_8);
  private static final String SHA256 = Sha256.of(CSV);

  @TempDir Path home;
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch end = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private String host;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
    host = "127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    asked.add(path);
    switch (path) {
      case "/data.csv" -> send(exchange, CSV.length);
      case "/endless.csv" -> {
        exchange.sendResponseHeaders(200, 0);
        for (int i = 0; i < 10_000; i++) {
          exchange.getResponseBody().write(CSV);
        }
      }
      case "/unending.csv", "/lost.csv" -> {
        exchange.sendResponseHeaders(path.equals("/lost.csv") ? 404 : 200, 0);
        while (end.getCount() > 0) {
          exchange.getResponseBody().write(CSV);
        }
      }
      case "/declared.csv" -> exchange.sendResponseHeaders(200, 1L << 40);
      case "/moved.csv" -> {
        exchange.getResponseHeaders().add("Location", "http://" + host + "/data.csv");
        exchange.sendResponseHeaders(302, -1);
      }
      case "/silent.csv" -> {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(CSV);
        exchange.getResponseBody().flush();
        await();
      }
      case "/broken.csv" -> {
        exchange.sendResponseHeaders(200, CSV.length + 1);
        exchange.getResponseBody().write(CSV);
      }
      default -> exchange.sendResponseHeaders(404, -1);
    }
    exchange.close();
  }

  private static void send(HttpExchange exchange, int length) throws IOException {
    exchange.sendResponseHeaders(200, length);
    exchange.getResponseBody().write(CSV);
  }

  private void await() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aFileOfAnAllowedHostIsFetchedOnceAndReadAsAnyOther() {
    DatasetsFolder datasets = allowed(RemoteData.Addresses.ANY, 1000, host);
    DataSpec spec = spec("http://" + host + "/data.csv", SHA256);
    List<TargetColumn> label =
        List.of(new TargetColumn("label", TargetColumn.Kind.CLASS, TargetColumn.Presence.REQUIRED));
    Table table = DataFormats.read(datasets.data(spec), spec, label);
    assertThat(table.rows().features()).containsExactly(1, 2);
    assertThat(table.sha256()).isEqualTo(SHA256);
    assertThat(datasets.data(spec)).hasBinaryContent(CSV);
    assertThat(asked).containsExactly("/data.csv");
  }

  @Test
  void aFileThatWasChangedOnDiskIsNotTrainedOn() throws IOException {
    DatasetsFolder datasets = allowed(RemoteData.Addresses.ANY, 1000, host);
    DataSpec spec = spec("http://" + host + "/data.csv", SHA256);
    Files.writeString(datasets.data(spec), "a,label\n1,p\n3,q\n");
    List<TargetColumn> label =
        List.of(new TargetColumn("label", TargetColumn.Kind.CLASS, TargetColumn.Presence.REQUIRED));
    assertThatThrownBy(() -> DataFormats.read(datasets.data(spec), spec, label))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("data.sha256 should be that of data.csv: was " + SHA256);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          data.csv     | data.sha256 should be that of
          endless.csv  | should have at most 1000 bytes, bridle.trainer.remote-data.limit: had more
          declared.csv | should have at most 1000 bytes, bridle.trainer.remote-data.limit: had 1099511627776
          moved.csv    | should be answered with 200: was 302, and redirects are not followed
          missing.csv  | should be answered with 200: was 404
          broken.csv   | cannot be fetched:
          """)
  void whatIsNotTheFileIsRefusedAndNotKept(String file, String message) throws IOException {
    String other = Sha256.of(new byte[0]);
    DatasetsFolder datasets = allowed(RemoteData.Addresses.ANY, 1000, host);
    DataSpec spec = spec("http://" + host + "/" + file, other);
    assertThatThrownBy(() -> datasets.data(spec))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
    assertThat(asked).containsExactly("/" + file);
    assertNothingKept();
  }

  private void assertNothingKept() throws IOException {
    try (Stream<Path> kept = Files.walk(home.resolve("kept"))) {
      assertThat(kept.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Timeout(60)
  @ParameterizedTest
  @ValueSource(strings = {"silent.csv", "unending.csv"})
  void aHostThatNeverComesToAnEndIsLeft(String file) throws IOException {
    RemoteData patient =
        new RemoteData(
            List.of(host),
            RemoteData.Addresses.ANY,
            Long.MAX_VALUE,
            Duration.ofMillis(300),
            home.resolve("kept"),
            Optional.empty());
    DataSpec spec = spec("http://" + host + "/" + file, SHA256);
    assertThatThrownBy(() -> new DatasetsFolder(home, patient).data(spec))
        .isInstanceOf(DataException.class)
        .hasMessageMatching(".*(cannot be fetched: .*Timeout.*|should arrive within PT0.3S)");
    assertNothingKept();
  }

  @Test
  void noHostIsAskedUnlessItIsAllowed() {
    DataSpec spec = spec("http://" + host + "/data.csv", SHA256);
    for (DatasetsFolder datasets :
        List.of(
            new DatasetsFolder(home),
            allowed(RemoteData.Addresses.ANY, 1000, "127.0.0.1"),
            allowed(RemoteData.Addresses.ANY, 1000, "localhost:" + port()),
            allowed(RemoteData.Addresses.ANY, 1000, "127.0.0.1:1"))) {
      assertThatThrownBy(() -> datasets.data(spec))
          .isInstanceOf(InvalidFieldException.class)
          .hasMessageMatching(
              "data.uri should lie on a host of bridle.trainer.remote-data.hosts, .*: was .*");
      assertThatThrownBy(() -> datasets.require(spec)).isInstanceOf(InvalidFieldException.class);
    }
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "0.0.0.0", "[::1]", "2130706433", "127.1"})
  void anAllowedNameLeadsToNoPrivateAddress(String name) {
    String at = name + ":" + port();
    DatasetsFolder datasets = allowed(RemoteData.Addresses.PUBLIC, 1000, at);
    assertThatThrownBy(() -> datasets.data(spec("http://" + at + "/data.csv", SHA256)))
        .hasMessageStartingWith("data.uri should ");
    assertThat(asked).isEmpty();
  }

  @Test
  void aNameWithOneAddressInsideIsNotAskedAtItsPublicOneEither() throws Exception {
    List<InetAddress> addresses = new ArrayList<>();
    addresses.add(InetAddress.getByName("203.0.114.1"));
    addresses.add(InetAddress.getByName("10.0.0.7"));
    RemoteData settings = allowed(RemoteData.Addresses.PUBLIC, 1000, "data.example.com").remote();
    RemoteFile file = RemoteFile.of("http://data.example.com/data.csv", settings);
    assertThatThrownBy(
            () -> new Download(settings, resolver(addresses), Clock.systemUTC()).file(file, SHA256))
        .isInstanceOf(DataException.class)
        .hasMessage("data.uri should lead to a public address: data.example.com is at 10.0.0.7");
  }

  @Timeout(60)
  @ParameterizedTest
  @CsvSource({"unending.csv, should have at most 1000 bytes", "lost.csv, was 404"})
  void anAnswerWithoutAnEndIsNotReadToIt(String file, String message) throws IOException {
    DatasetsFolder datasets = allowed(RemoteData.Addresses.ANY, 1000, host);
    assertThatThrownBy(() -> datasets.data(spec("http://" + host + "/" + file, SHA256)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
    assertNothingKept();
  }

  /** A second look at the name would lead to the server. */
  @Test
  void aNameIsLookedUpOnceSoThatItCannotMoveAfterTheCheck() throws Exception {
    String name = "data.example.com:" + port();
    RemoteData settings = allowed(RemoteData.Addresses.ANY, 1000, name).remote();
    RemoteFile file = RemoteFile.of("http://" + name + "/data.csv", settings);
    List<String> looks = new ArrayList<>();
    DnsResolver once =
        new DnsResolver() {
          @Override
          public InetAddress[] resolve(String host) {
            looks.add(host);
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
          }

          @Override
          public String resolveCanonicalHostname(String host) {
            throw new AssertionError(host);
          }
        };
    assertThat(new Download(settings, once, Clock.systemUTC()).file(file, SHA256))
        .hasBinaryContent(CSV);
    assertThat(looks).containsExactly("data.example.com");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http://me:secret@127.0.0.1/data.csv  | data.uri should have a host, no user and no fragment
          http://127.0.0.1@evil.example/d.csv  | data.uri should have a host, no user and no fragment
          http:///data.csv                     | data.uri should
          http://127.0.0.1/                    | data.uri should end with a file's name
          http://127.0.0.1/..                  | data.uri should end with a file's name
          http://127.0.0.1/a%2Fb%00.csv        | data.uri should end with a file's name
          http://127.0.0.1/data.bin            | data.format should be one of
          http://127.0.0.1/da ta.csv           | data.uri should be a URI
          ftp://127.0.0.1/data.csv             | data.uri should lie inside of the datasets folder
          file:///etc/passwd                   | data.uri should lie inside of the datasets folder
          jar:http://127.0.0.1/a.jar!/d.csv    | data.uri should lie inside of the datasets folder
          """)
  void anAddressThatIsNoPlainFileOfAHostIsRefusedAtItsSubmission(String uri, String message) {
    DatasetsFolder datasets = allowed(RemoteData.Addresses.ANY, 1000, "127.0.0.1");
    assertThatThrownBy(() -> datasets.require(spec(uri, SHA256)))
        .isInstanceOf(InvalidFieldException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void aChecksumIsRequired() {
    DataSpec spec =
        Digits.read("{\"name\":\"x\",\"data\":{\"uri\":\"http://%s/data.csv\"}}".formatted(host))
            .data();
    assertThatThrownBy(() -> allowed(RemoteData.Addresses.ANY, 1000, host).require(spec))
        .hasMessage("data.sha256 is required for data of another host");
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private DatasetsFolder allowed(RemoteData.Addresses addresses, long limit, String allowed) {
    return new DatasetsFolder(
        home,
        new RemoteData(
            List.of(allowed),
            addresses,
            limit,
            Duration.ofMinutes(1),
            home.resolve("kept"),
            Optional.empty()));
  }

  private static DataSpec spec(String uri, String sha256) {
    return Digits.read(
            "{\"name\":\"x\",\"data\":{\"uri\":\"%s\",\"sha256\":\"%s\"}}".formatted(uri, sha256))
        .data();
  }

  private static DnsResolver resolver(List<InetAddress> addresses) {
    return new DnsResolver() {
      @Override
      public InetAddress[] resolve(String host) {
        return addresses.toArray(InetAddress[]::new);
      }

      @Override
      public String resolveCanonicalHostname(String host) {
        throw new AssertionError(host);
      }
    };
  }
}
