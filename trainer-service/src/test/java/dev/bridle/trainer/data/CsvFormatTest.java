package dev.bridle.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bridle.trainer.Digits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFormatTest {
  @TempDir Path folder;

  @Test
  void readsTheDigits() {
    Table digits = Digits.table();
    assertThat(digits.rows().count()).isEqualTo(1797);
    assertThat(digits.features()).isEqualTo(64);
    assertThat(digits.targets().get(0).classes())
        .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    assertThat(digits.sha256()).hasSize(64);
  }

  @Test
  void theTargetMayStandAnywhereAndNumbersAreOrderedBySize() throws IOException {
    Table table = read(file("a,class,b\n1,10,2\n3,9,4\n"), classes("class"));
    assertThat(table.featureNames()).containsExactly("a", "b");
    assertThat(table.targets().get(0).classes()).containsExactly("9", "10");
    assertThat(table.rows().features()).containsExactly(1, 2, 3, 4);
    assertThat(table.rows().labels()).containsExactly(1, 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a,label;1,x;z,y      | line 3, column 'a' should be a number: was 'z'
          a,label;1,x;NaN,y    | line 3, column 'a' should be finite: was 'NaN'
          a,label;1,x;2        | line 3 should have 2 columns: had 1
          a,label;1,;2,y       | line 2, column 'label' should not be empty
          a,b;1,2              | no column 'label': it has a, b
          label;x;y            | no column beside 'label'
          a,label;1,x;2,x      | between 2 and 1000 classes: had 1
          a,label              | between 2 and 1000 classes: had 0
          """)
  void errorsNameLineAndColumn(String lines, String message) throws IOException {
    Path file = file(lines.replace(';', '\n') + "\n");
    assertThatThrownBy(() -> read(file, classes("label")))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("data.csv")
        .hasMessageContaining(message);
  }

  @Test
  void severalTargetsAreReadInTheOrderAskedFor() throws IOException {
    List<TargetColumn> targets =
        List.of(
            new TargetColumn("y", TargetColumn.Kind.NUMBER, TargetColumn.Presence.REQUIRED),
            new TargetColumn("class", TargetColumn.Kind.CLASS, TargetColumn.Presence.REQUIRED),
            new TargetColumn("flag", TargetColumn.Kind.FLAG, TargetColumn.Presence.REQUIRED));
    Table table = read(file("class,a,y,flag\nq,1,2.5,0\np,2,-1,1\n"), targets);
    assertThat(table.featureNames()).containsExactly("a");
    assertThat(table.rows().targets().get(0)).containsExactly(2.5f, -1);
    assertThat(table.rows().labels(1)).containsExactly(1, 0);
    assertThat(table.rows().targets().get(2)).containsExactly(0, 1);
    assertThat(table.targets().get(1).classes()).containsExactly("p", "q");
    assertThat(table.target("flag")).isEqualTo(2);
  }

  @Test
  void numbersAndFlagsAreCheckedLineByLine() throws IOException {
    Path file = file("a,y\n1,0\n2,2\n3,x\n");
    assertThatThrownBy(
            () ->
                read(
                    file,
                    List.of(
                        new TargetColumn(
                            "y", TargetColumn.Kind.FLAG, TargetColumn.Presence.REQUIRED))))
        .hasMessage("data.csv line 3, column 'y' should be 0 or 1: was '2'");
    assertThatThrownBy(
            () ->
                read(
                    file,
                    List.of(
                        new TargetColumn(
                            "y", TargetColumn.Kind.NUMBER, TargetColumn.Presence.REQUIRED))))
        .hasMessage("data.csv line 4, column 'y' should be a number: was 'x'");
  }

  @Test
  void aCellThatMayBeEmptyIsAMissingLabel() throws IOException {
    List<TargetColumn> targets =
        List.of(
            new TargetColumn("class", TargetColumn.Kind.CLASS, TargetColumn.Presence.OPTIONAL),
            new TargetColumn("y", TargetColumn.Kind.NUMBER, TargetColumn.Presence.OPTIONAL));
    Table table = read(file("a,class,y\n1,,2\n2,p,\n3,q,4\n"), targets);
    assertThat(table.targets().get(0).classes()).containsExactly("p", "q");
    assertThat(table.rows().labels()).containsExactly(Rows.UNLABELED, 0, 1);
    assertThat(table.rows().targets().get(1)).containsExactly(2, Float.NaN, 4);
  }

  @Test
  void anIgnoredColumnMayHoldAnythingAndIsNoFeature() throws IOException {
    Path file = file("id,a,class,b\nfirst,1,p,2\n,3,q,4\n");
    Table table = read(file, classes("class"), ", \"ignore\": [\"id\"]");
    assertThat(table.featureNames()).containsExactly("a", "b");
    assertThat(table.rows().features()).containsExactly(1, 2, 3, 4);
    assertThatThrownBy(() -> read(file, classes("class")))
        .hasMessage("data.csv line 2, column 'id' should be a number: was 'first'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nr    | data.csv has no column 'nr': it has a, class
          class | data.csv column 'class' should be predicted or ignored: was to be both
          a     | data.csv has no column beside 'class'
          """)
  void whatCannotBeIgnoredIsNamed(String ignored, String message) throws IOException {
    Path file = file("a,class\n1,p\n3,q\n");
    assertThatThrownBy(
            () -> read(file, classes("class"), ", \"ignore\": [\"%s\"]".formatted(ignored)))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
  }

  private static final String GAPS = ", \"missing\": {}";

  @ParameterizedTest
  @ValueSource(strings = {"", "NA", "NaN", "?"})
  void aMissingFeatureIsNaN(String cell) throws IOException {
    Table table = read(file("a,b,class\n1,2,p\n%s,4,q\n".formatted(cell)), classes("class"), GAPS);
    assertThat(table.rows().features()).containsExactly(1, 2, Float.NaN, 4);
  }

  @Test
  void whichTextsStandForAMissingValueIsTheSpecsToSay() throws IOException {
    Path file = file("a,class\n-,p\n4,q\nNA,q\n");
    String dash = ", \"missing\": {\"cells\": [\"-\"]}";
    assertThatThrownBy(() -> read(file, classes("class"), dash))
        .hasMessage("data.csv line 4, column 'a' should be a number: was 'NA'");
  }

  @Test
  void aMissingLabelIsNoClass() throws IOException {
    Path file = file("a,class\n1,p\n2,?\n4,q\n");
    assertThatThrownBy(() -> read(file, classes("class"), GAPS))
        .hasMessage("data.csv line 3, column 'class' should not be missing: was '?'");
    List<TargetColumn> optional =
        List.of(new TargetColumn("class", TargetColumn.Kind.CLASS, TargetColumn.Presence.OPTIONAL));
    assertThat(read(file, optional, GAPS).rows().labels()).containsExactly(0, Rows.UNLABELED, 1);
  }

  @Test
  void categoriesAreTheirPositionsInTheOrderOfTheRows() throws IOException {
    Path file = file("a,color,class\n1,red,p\n2,?,q\n3,blue,p\n4,red,q\n");
    Table table = read(file, classes("class"), GAPS + ", \"categories\": [\"color\"]");
    assertThat(table.rows().features()).containsExactly(1, 0, 2, Float.NaN, 3, 1, 4, 0);
    assertThat(table.categories()).containsExactly(Map.entry("color", List.of("red", "blue")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          hue   | data.csv has no column 'hue': it has color, class
          class | data.csv column 'class' should be of categories, or else predicted or ignored: was to be both
          color | data.csv line 3, column 'color' should not be empty
          """)
  void whatIsNoCategoryIsNamed(String column, String message) throws IOException {
    Path file = file("color,class\nred,p\n,q\n");
    String categories = ", \"categories\": [\"%s\"]".formatted(column);
    assertThatThrownBy(() -> read(file, classes("class"), categories)).hasMessage(message);
  }

  @Test
  void anEndlessListOfCategoriesIsNone() throws IOException {
    StringBuilder lines = new StringBuilder("name,class\n");
    for (int i = 0; i < 1001; i++) {
      lines.append("n").append(i).append(i % 2 == 0 ? ",p\n" : ",q\n");
    }
    Path file = file(lines.toString());
    assertThatThrownBy(() -> read(file, classes("class"), ", \"categories\": [\"name\"]"))
        .hasMessage(
            "data.csv line 1002, column 'name' should bring at most 1000 categories: 'n1000' goes"
                + " beyond");
  }

  private static Table read(Path file, List<TargetColumn> targets) {
    return read(file, targets, "");
  }

  /**
   * @param more fields of {@code data}
   */
  private static Table read(Path file, List<TargetColumn> targets, String more) {
    String spec = "{\"name\": \"x\", \"data\": {\"uri\": \"data.csv\"%s}}".formatted(more);
    return DataFormats.read(file, Digits.read(spec).data(), targets);
  }

  private static List<TargetColumn> classes(String column) {
    return List.of(
        new TargetColumn(column, TargetColumn.Kind.CLASS, TargetColumn.Presence.REQUIRED));
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("data.csv"), content);
  }
}
