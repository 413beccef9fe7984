package dev.bridle.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginsTest {
  @ParameterizedTest
  @CsvSource({
    "POST, http://localhost:8080, localhost:8080, false",
    "POST, , localhost:8080, false",
    "GET, https://evil.example, localhost:8080, false",
    "POST, https://evil.example, localhost:8080, true",
    "DELETE, http://localhost:3000, localhost:8080, true",
    "PUT, null, localhost:8080, true",
    "POST, http://localhost:8080.evil.example, localhost:8080, true",
  })
  void pagesOfOtherOriginsAreTold(String method, String origin, String host, boolean is) {
    assertThat(Origins.isForeign(HttpMethod.valueOf(method), origin, host)).isEqualTo(is);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:8080, true",
    "127.0.0.1:8080, true",
    "[::1]:8080, true",
    ", true",
    "evil.example:8080, false",
    "localhost.evil.example, false",
    "127.0.0.1.evil.example:8080, false",
  })
  void namesThatSomeoneElseGaveLoopbackAreTold(String host, boolean is) {
    assertThat(Origins.isLoopback(host)).isEqualTo(is);
  }
}
