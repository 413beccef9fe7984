package dev.bridle.monitor.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** What an operator sets. */
@ConfigMapping(prefix = "bridle.monitor")
public interface MonitorConfig {
  /**
   * The folder of the local state stores. It may be lost: the stores are restored from Kafka, which
   * takes longer than finding them.
   */
  @WithDefault(".bridle/monitor")
  Path stateDir();

  /** From an epoch to the expiry of the signals that it causes. */
  @WithDefault("PT1H")
  Duration signalLifetime();

  /** A run that sends nothing for this long is stalled. */
  @WithDefault("PT30M")
  Duration stallTime();

  /**
   * From a run's end, or from its last event if it has no end, to when it is forgotten: by the
   * judge, the live view and the meters. The default is what the topics retain.
   */
  @WithDefault("P30D")
  Duration retention();

  /** How many runs at most have gauges of their own, the newest of those that learn. */
  @WithDefault("200")
  int meteredRuns();
}
