package dev.bridle.trainer.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.util.Timeout;

/**
 * Brings a file of another host to disk. It goes to the addresses that it has checked and to no
 * others, follows no redirects, and keeps nothing whose checksum is not the one asked for.
 */
final class Download {
  private static final Duration MOST_SILENCE = Duration.ofSeconds(30);

  private final RemoteData settings;
  private final DnsResolver resolver;
  private final Clock clock;

  Download(RemoteData settings) {
    this(settings, SystemDefaultDnsResolver.INSTANCE, Clock.systemUTC());
  }

  Download(RemoteData settings, DnsResolver resolver, Clock clock) {
    this.settings = settings;
    this.resolver = resolver;
    this.clock = clock;
  }

  /**
   * The file on disk, fetched unless it is there already.
   *
   * @throws DataException if the host doesn't give it, or gives something else
   */
  Path file(RemoteFile remote, String sha256) {
    Path kept = settings.folder().resolve(sha256).resolve(remote.name());
    if (Files.isRegularFile(kept)) {
      return kept;
    }
    try {
      Files.createDirectories(kept.getParent());
      Path part = Files.createTempFile(kept.getParent(), ".", ".part");
      try {
        String received = fetch(remote, part);
        if (!received.equals(sha256)) {
          throw new DataException(
              "data.sha256 should be that of %s: was %s, the file's is %s"
                  .formatted(remote.uri(), sha256, received));
        }
        Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE);
        return kept;
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new DataException("%s cannot be fetched: %s".formatted(remote.uri(), e), e);
    }
  }

  private String fetch(RemoteFile remote, Path part) throws IOException {
    Timeout silence =
        Timeout.of(
            Math.min(settings.timeout().toMillis(), MOST_SILENCE.toMillis()),
            TimeUnit.MILLISECONDS);
    HttpGet request = new HttpGet(remote.uri());
    remote
        .s3()
        .flatMap(s3 -> headers(remote, s3))
        .ifPresent(all -> all.forEach(request::setHeader));
    AtomicBoolean late = new AtomicBoolean();
    CompletableFuture<Void> end =
        CompletableFuture.runAsync(
            () -> {
              late.set(true);
              request.cancel();
            },
            CompletableFuture.delayedExecutor(
                settings.timeout().toMillis(), TimeUnit.MILLISECONDS));
    try (CloseableHttpClient client = client(silence)) {
      return client.execute(request, response -> received(remote, request, response, part));
    } catch (IOException e) {
      if (late.get()) {
        throw new DataException(
            "%s should arrive within %s".formatted(remote.uri(), settings.timeout()), e);
      }
      throw e;
    } finally {
      end.cancel(false);
    }
  }

  private Optional<Map<String, String>> headers(RemoteFile remote, S3 s3) {
    return s3.credentials()
        .map(who -> S3Signature.headers(remote.uri(), s3.region(), who, clock.instant(), Map.of()));
  }

  private CloseableHttpClient client(Timeout silence) {
    ConnectionConfig connection =
        ConnectionConfig.custom().setConnectTimeout(silence).setSocketTimeout(silence).build();
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new CheckedResolver())
                .setDefaultConnectionConfig(connection)
                .build())
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .setUserAgent("bridle-trainer")
        .build();
  }

  private String received(
      RemoteFile remote, HttpGet request, ClassicHttpResponse response, Path part)
      throws IOException {
    try {
      requireFile(remote, response);
      return received(remote, response.getEntity().getContent(), part);
    } catch (IOException | RuntimeException e) {
      // Otherwise the client reads on to the end of an answer that may have none.
      request.cancel();
      throw e;
    }
  }

  private void requireFile(RemoteFile remote, ClassicHttpResponse response) {
    if (response.getCode() != 200 || response.getEntity() == null) {
      throw new DataException(
          "%s should be answered with 200: was %d%s"
              .formatted(
                  remote.uri(),
                  response.getCode(),
                  response.getCode() / 100 == 3 ? ", and redirects are not followed" : ""));
    }
    if (response.getEntity().getContentLength() > settings.limit()) {
      throw tooLong(remote, response.getEntity().getContentLength() + "");
    }
  }

  /** Copies all bytes to the file, and gives their checksum. */
  private String received(RemoteFile remote, InputStream in, Path part) throws IOException {
    Sha256.Stream hash = new Sha256.Stream();
    byte[] chunk = new byte[1 << 16];
    long all = 0;
    try (OutputStream out = Files.newOutputStream(part)) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        all += read;
        if (all > settings.limit()) {
          throw tooLong(remote, "more");
        }
        hash.add(chunk, read);
        out.write(chunk, 0, read);
      }
    }
    return hash.hex();
  }

  private DataException tooLong(RemoteFile remote, String bytes) {
    return new DataException(
        "%s should have at most %d bytes, bridle.trainer.remote-data.limit: had %s"
            .formatted(remote.uri(), settings.limit(), bytes));
  }

  /** Connections go to what it returns, so that a name cannot lead elsewhere after the check. */
  private final class CheckedResolver implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      InetAddress[] addresses = resolver.resolve(host);
      if (settings.addresses() == RemoteData.Addresses.PUBLIC) {
        for (InetAddress address : addresses) {
          if (!PublicAddresses.contain(address)) {
            throw new DataException(
                "data.uri should lead to a public address: %s is at %s"
                    .formatted(host, address.getHostAddress()));
          }
        }
      }
      return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
      return resolver.resolveCanonicalHostname(host);
    }
  }
}
