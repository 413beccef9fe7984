package dev.bridle.trainer.data;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What of other hosts may be read.
 *
 * @param hosts such as {@code data.example.com}, which allows the scheme's own port, or {@code
 *     data.example.com:8443}; none allows nothing
 * @param addresses that these hosts may have
 * @param limit bytes of one file
 * @param timeout for the whole of one file
 * @param folder that keeps what was fetched, by its checksum
 * @param s3 where {@code s3:} addresses lead; its host has to be one of {@code hosts} too
 */
public record RemoteData(
    List<String> hosts,
    Addresses addresses,
    long limit,
    Duration timeout,
    Path folder,
    Optional<S3> s3) {

  /** Nothing. */
  public static final RemoteData NONE =
      new RemoteData(List.of(), Addresses.PUBLIC, 0, Duration.ZERO, Path.of(""), Optional.empty());

  /** Addresses that allowed hosts may have. */
  public enum Addresses {
    /** Those of the public internet, so that no name leads into the trainer's own network. */
    PUBLIC,
    /** Loopback and private ones too. */
    ANY
  }

  public RemoteData {
    hosts = hosts.stream().map(host -> host.strip().toLowerCase(Locale.ROOT)).toList();
  }
}
