package dev.bridle.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostureTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, false, false, false, OPEN_ON_LOOPBACK",
    "localhost, false, false, false, OPEN_ON_LOOPBACK",
    "::1,       false, false, false, OPEN_ON_LOOPBACK",
    "127.0.0.1, true,  false, false, GUARDED",
    "0.0.0.0,   true,  false, false, GUARDED",
    "0.0.0.0,   false, true,  false, GUARDED",
    "0.0.0.0,   false, false, true,  OPEN_BY_SETTING",
  })
  void followsFromTheSettings(
      String host, boolean keys, boolean issuer, boolean anonymous, Posture expected) {
    assertThat(Posture.of(new Posture.Surroundings(host, keys, issuer, anonymous)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "10.0.0.7", "trainer", "127.0.0.1.example.org", ""})
  void offLoopbackWithoutKeysNothingStarts(String host) {
    assertThatThrownBy(() -> Posture.of(new Posture.Surroundings(host, false, false, false)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("quarkus.http.host is " + host)
        .hasMessageContaining("BRIDLE_GUARD_KEYS_FILE")
        .hasMessageContaining("QUARKUS_OIDC_AUTH_SERVER_URL")
        .hasMessageContaining("bridle.guard.anonymous=true");
  }

  @Test
  void keysBesideAnOpenDoorAreAMistake() {
    assertThatThrownBy(() -> Posture.of(new Posture.Surroundings("0.0.0.0", true, false, true)))
        .hasMessageContaining("pointless");
  }
}
