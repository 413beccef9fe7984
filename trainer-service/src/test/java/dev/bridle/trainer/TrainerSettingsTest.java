package dev.bridle.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.trainer.config.TrainerSettings;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TrainerSettingsTest {
  @Test
  void theDefaultsAreThoseOfTheReadme() {
    TrainerSettings settings =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .addSystemSources()
            .withMapping(TrainerSettings.class)
            .build()
            .getConfigMapping(TrainerSettings.class);
    assertThat(settings.workDir()).isEqualTo(Path.of(".bridle/trainer"));
    assertThat(settings.datasetsDir()).isEqualTo(Path.of("examples/data"));
    assertThat(settings.publicUrl()).isEqualTo(URI.create("http://127.0.0.1:8081"));
    assertThat(settings.queueLimit()).isEqualTo(100);
    assertThat(settings.engineCacheDir())
        .isEqualTo(Path.of(System.getProperty("user.home"), ".djl.ai"));
    assertThat(settings.engineThreads()).isEqualTo(1);
  }
}
