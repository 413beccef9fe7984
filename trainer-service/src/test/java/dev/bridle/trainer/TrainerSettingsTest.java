package dev.bridle.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.trainer.config.TrainerSettings;
import dev.bridle.trainer.data.RemoteData;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TrainerSettingsTest {
  @Test
  void theDefaultsAreThoseOfTheReadme() {
    TrainerSettings settings =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withConverter(Duration.class, 200, new DurationConverter())
            .withConverter(MemorySize.class, 200, new MemorySizeConverter())
            .addSystemSources()
            .withMapping(TrainerSettings.class)
            .build()
            .getConfigMapping(TrainerSettings.class);
    assertThat(settings.workDir()).isEqualTo(Path.of(".bridle/trainer"));
    assertThat(settings.datasetsDir()).isEqualTo(Path.of("examples/data"));
    assertThat(settings.remoteData().hosts()).isEmpty();
    assertThat(settings.remoteData().addresses()).isEqualTo(RemoteData.Addresses.PUBLIC);
    assertThat(settings.remoteData().limit().asLongValue()).isEqualTo(1L << 30);
    assertThat(settings.remoteData().timeout()).isEqualTo(Duration.ofMinutes(10));
    assertThat(settings.remoteData().s3().endpoint()).isEmpty();
    assertThat(settings.remoteData().s3().region()).isEqualTo("us-east-1");
    assertThat(settings.publicUrl()).isEqualTo(URI.create("http://127.0.0.1:8081"));
    assertThat(settings.queueLimit()).isEqualTo(100);
    assertThat(settings.engineCacheDir())
        .isEqualTo(Path.of(System.getProperty("user.home"), ".djl.ai"));
    assertThat(settings.checkpointInterval()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.shutdownPatience()).isEqualTo(Duration.ofSeconds(8));
    assertThat(settings.engineThreads()).isEqualTo(1);
  }
}
