package dev.bridle.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bridle.trainer.spec.InvalidFieldException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetsFolderTest {
  @TempDir Path home;
  private DatasetsFolder folder;

  @BeforeEach
  void files() throws IOException {
    Files.createDirectories(home.resolve("data/deep"));
    Files.writeString(home.resolve("secret.csv"), "a,label");
    Files.writeString(home.resolve("data/deep/fine.csv"), "a,label");
    folder = new DatasetsFolder(home.resolve("data"));
  }

  @Test
  void filesInsideAreFound() {
    assertThat(folder.file("deep/fine.csv")).exists();
    assertThat(folder.file("deep/../deep/fine.csv")).exists();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../secret.csv", "deep/../../secret.csv", "/etc/passwd", "file:///etc/passwd"})
  void nothingOutsideIsRead(String uri) {
    assertThatThrownBy(() -> folder.file(uri))
        .isInstanceOf(InvalidFieldException.class)
        .hasMessage("data.uri should lie inside of the datasets folder: was '" + uri + "'");
  }

  @Test
  void aLinkThatLeadsOutsideIsNotFollowed() throws IOException {
    Files.createSymbolicLink(home.resolve("data/link.csv"), home.resolve("secret.csv"));
    assertThatThrownBy(() -> folder.file("link.csv")).hasMessageContaining("inside of");
  }

  @Test
  void foldersAreFoundToo() {
    assertThat(folder.file("deep")).isDirectory();
  }

  @Test
  void whatIsNotThereIsSaidToBeMissing() {
    assertThatThrownBy(() -> folder.file("missing.csv"))
        .hasMessageContaining("there is no 'missing.csv'");
  }
}
