package dev.bridle.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiKeysTest {
  private static final String KEY = ApiKey.PREFIX + "0123456789abcdef".repeat(4);

  @TempDir Path folder;

  @Test
  void aKeyIsKnownByItsHash() throws IOException {
    ApiKeys keys = read("# who\n\nci submitter,viewer " + hash(KEY) + "\n");
    assertThat(keys.opening(KEY))
        .hasValueSatisfying(
            key -> {
              assertThat(key.name()).isEqualTo("ci");
              assertThat(key.roles()).containsExactlyInAnyOrder("submitter", "viewer");
            });
  }

  @Test
  void theHashItselfOpensNothing() throws IOException {
    ApiKeys keys = read("ci viewer " + hash(KEY));
    assertThat(keys.opening(hash(KEY))).isEmpty();
    assertThat(keys.opening("")).isEmpty();
    assertThat(keys.opening(KEY + "0")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ci viewer                | had 2 fields",
        "ci root HASH             | roles should be among",
        "ci , HASH                | roles should be among",
        "../ci viewer HASH        | name should be",
        "ci viewer abc            | hash should be 64",
      })
  void aBrokenLineIsNamed(String line, String message) {
    assertThatThrownBy(() -> read("# who\n" + line.replace("HASH", hash(KEY))))
        .hasMessageContaining("keys:2: ")
        .hasMessageContaining(message);
  }

  @Test
  void aKeyInPlaceOfItsHashIsNotRepeated() {
    assertThatThrownBy(() -> read("ci viewer " + KEY))
        .message()
        .doesNotContain(KEY.substring(ApiKey.PREFIX.length()));
  }

  @Test
  void twoKeysOfOneNameAreRefused() {
    String line = " viewer " + hash(KEY) + "\n";
    assertThatThrownBy(() -> read("ci" + line + "ci" + line)).hasMessageContaining("once");
  }

  @Test
  void aFileWithoutKeysIsRefused() {
    assertThatThrownBy(() -> read("# nobody yet\n")).hasMessageContaining("at least one key");
    assertThatThrownBy(() -> ApiKeys.read(folder.resolve("absent")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("absent");
  }

  private ApiKeys read(String text) throws IOException {
    return ApiKeys.read(Files.writeString(folder.resolve("keys"), text));
  }

  static String hash(String key) {
    return HexFormat.of().formatHex(ApiKey.sha256(key));
  }
}
