package dev.bridle.localstack.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabeledRowsTest {
  @TempDir Path folder;

  @Test
  void theTargetIsTakenOutOfTheColumnsWhereverItStands() throws IOException {
    LabeledRows rows = read("a,label,b\n1,7,2\n3,8,4\n");
    assertThat(rows.features().get(1)).containsExactly(3, 4);
    assertThat(rows.labels()).containsExactly(7.0, 8.0);
  }

  @Test
  void aFileWithoutTheTargetHasNoLabels() throws IOException {
    assertThat(read("a,b\n1,2\n").labels()).isEmpty();
  }

  @Test
  void aBadCellIsNamedByLineAndColumn() {
    assertThatThrownBy(() -> read("a,label\n1,0\nx,1\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 3, column 'a' should be a number: was 'x'");
    assertThatThrownBy(() -> read("a,label\n")).hasMessageContaining("has none");
  }

  private LabeledRows read(String csv) throws IOException {
    return LabeledRows.read(Files.writeString(folder.resolve("rows.csv"), csv), "label");
  }
}
