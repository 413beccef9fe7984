package dev.bridle.monitor.stream;

import dev.bridle.monitor.config.MonitorConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/** What an operator gets who sets nothing. */
final class TestConfig {
  static final MonitorConfig DEFAULTS =
      new SmallRyeConfigBuilder()
          .withMapping(MonitorConfig.class)
          .build()
          .getConfigMapping(MonitorConfig.class);

  private TestConfig() {}
}
