package dev.bridle.trainer.config;

import dev.bridle.trainer.data.RemoteData;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The trainer's settings. */
@ConfigMapping(prefix = "bridle.trainer")
public interface TrainerSettings {
  /** The spool, studies, and runs unless they have a folder elsewhere; one trainer's alone. */
  @WithDefault(".bridle/trainer")
  Path workDir();

  /** The only folder that runs may read data from. */
  @WithDefault("examples/data")
  Path datasetsDir();

  /** Data on other hosts. */
  RemoteDataSettings remoteData();

  /** What runs may fetch from other hosts. */
  interface RemoteDataSettings {
    /**
     * Hosts, such as {@code data.example.com} or {@code data.example.com:8443}; none unless given.
     */
    Optional<List<String>> hosts();

    /** Whether these hosts may have public addresses alone, or any. */
    @WithDefault("public")
    RemoteData.Addresses addresses();

    /** Of one file. */
    @WithDefault("1G")
    MemorySize limit();

    /** For the whole of one file. */
    @WithDefault("10m")
    Duration timeout();

    /** Where {@code s3:} addresses lead. */
    S3Settings s3();

    /** A store that speaks S3's protocol. */
    interface S3Settings {
      /** Such as {@code https://s3.eu-central-1.amazonaws.com}; none unless given. */
      Optional<URI> endpoint();

      /** Part of what is signed. */
      @WithDefault("us-east-1")
      String region();

      /** Without it requests are not signed. */
      Optional<String> accessKey();

      /** Required with {@code access-key}. */
      Optional<String> secretKey();
    }
  }

  /** Under which others reach this trainer's REST: the base of artifacts' addresses. */
  @WithDefault("http://127.0.0.1:8081")
  URI publicUrl();

  /** Who shares the work. */
  enum QueueKind {
    /** This trainer does all of it; its runs wait in its own memory and folder. */
    LOCAL,
    /**
     * Trainers that use one Kafka and one folder of runs share it, and take over from each other.
     */
    KAFKA
  }

  @WithDefault("local")
  QueueKind queue();

  /**
   * Of the runs' files; shared by the trainers that share a queue. {@code workDir/runs} if empty.
   */
  Optional<Path> runsDir();

  /** After which a trainer that shares the queue and is silent loses its run to another. */
  @WithDefault("15s")
  Duration lease();

  /** Runs that may wait. */
  @WithDefault("100")
  int queueLimit();

  /** Between two checkpoints of a run, which are made at the end of an epoch; 0s after each. */
  @WithDefault("10s")
  Duration checkpointInterval();

  /**
   * How long a process that ends waits for the epoch in progress, to make a checkpoint after it.
   */
  @WithDefault("8s")
  Duration shutdownPatience();

  /** Where the training engine unpacks its libraries, 450 MB, once a machine. */
  @WithDefault("${user.home}/.djl.ai")
  Path engineCacheDir();

  /** Threads of one operation of the engine; metrics are the same bits for the same number. */
  @WithDefault("1")
  int engineThreads();
}
