package dev.bridle.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.bridle.trainer.Digits;
import dev.bridle.trainer.spec.DataSpec;
import dev.bridle.trainer.spec.SpecJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitsTest {
  private static final List<TargetColumn> LABEL =
      List.of(new TargetColumn("label", TargetColumn.Kind.CLASS, TargetColumn.Presence.REQUIRED));

  @TempDir Path folder;
  private final Table digits = Digits.table();

  @Test
  void everyRowTestsInExactlyOneFoldAndFoldsAreOfOneSize() {
    int[] tested = new int[digits.rows().count()];
    for (int fold = 1; fold <= 5; fold++) {
      Splits splits = split("{'kind': 'folds', 'folds': 5, 'fold': %d}".formatted(fold), 3);
      Arrays.stream(splits.test()).forEach(row -> tested[row]++);
      assertThat(all(splits)).hasSize(tested.length).doesNotHaveDuplicates();
      assertThat((double) splits.test().length).isCloseTo(1797 / 5.0, within(1.0));
      assertThat((double) splits.validation().length).isCloseTo(1797 / 5.0, within(1.0));
      for (int label = 0; label < 10; label++) {
        double share = count(splits.test(), label) / (double) splits.test().length;
        assertThat(share).isCloseTo(0.1, within(0.01));
      }
    }
    assertThat(tested).containsOnly(1);
  }

  @Test
  void aFoldValidatesWhatTheNextOneTestsAndTheLastWhatTheFirstDoes() {
    String fold = "{'kind': 'folds', 'folds': 3, 'fold': %d}";
    assertThat(split(fold.formatted(1), 3).validation())
        .isEqualTo(split(fold.formatted(2), 3).test());
    assertThat(split(fold.formatted(3), 3).validation())
        .isEqualTo(split(fold.formatted(1), 3).test());
    assertThat(split(fold.formatted(1), 3).test()).isNotEqualTo(split(fold.formatted(1), 4).test());
  }

  @Test
  void aRandomSplitHasItsSharesOfAllRowsAndNotOfEachClass() {
    Splits random = split("{'kind': 'random', 'training': 0.5, 'validation': 0.2, 'test': 0.3}", 1);
    assertThat(random.training()).hasSize(899);
    assertThat(random.test()).hasSize(539);
    assertThat(all(random)).hasSize(1797).doesNotHaveDuplicates();
    Splits stratified = split("{'training': 0.5, 'validation': 0.2, 'test': 0.3}", 1);
    assertThat(spread(random)).isGreaterThan(10);
    assertThat(spread(stratified)).isLessThan(10);
  }

  @Test
  void aColumnMaySayWhatEachRowIsFor() throws IOException {
    Splits splits =
        columns(
            "training,p,1;test,q,2;validation,p,3;training,q,4",
            "{'kind': 'column', 'column': 'use'}");
    assertThat(splits.training()).containsExactly(0, 3);
    assertThat(splits.validation()).containsExactly(2);
    assertThat(splits.test()).containsExactly(1);
  }

  @Test
  void whereTheColumnNamesNoValidationItIsAShareOfEachClassOfTheTrainingRows() throws IOException {
    String rows =
        "test,p,0;test,q,0;"
            + IntStream.range(0, 20)
                .mapToObj(i -> "training," + (i % 4 == 0 ? "p" : "q") + "," + i)
                .reduce((a, b) -> a + ";" + b)
                .orElseThrow();
    Splits splits = columns(rows, "{'kind': 'column', 'column': 'use', 'validation': 0.2}");
    assertThat(splits.test()).containsExactly(0, 1);
    assertThat(splits.validation()).hasSize(4);
    assertThat(Arrays.stream(splits.validation()).filter(row -> (row - 2) % 4 == 0)).hasSize(1);
    assertThat(all(splits)).hasSize(22).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'kind': 'column', 'column': 'use'}  | training,p,1;train,q,2 | data.csv line 3, column 'use' should be one of [training, validation, test]: was 'train'
          {'kind': 'column', 'column': 'part'} | training,p,1;test,q,2  | data.csv has no column 'part': it has use, label, x
          {'kind': 'column', 'column': 'use'}  | training,p,1;test,q,2  | data.split.validation leaves no rows: data.split.column 'use' names none, data.split.validation can take a share
          {'kind': 'column', 'column': 'use'}  | training,p,1;validation,q,2 | data.split.test leaves no rows: data.split.column 'use' names none
          {'kind': 'column', 'column': 'label'} | training,p,1;test,q,2 | data.csv column 'label' should be predicted or tell the split: was to be both
          """)
  void whatAColumnCannotSayIsNamed(String split, String rows, String message) {
    assertThatThrownBy(() -> columns(rows, split))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
  }

  @Test
  void fewerRowsThanFoldsAreAnError() {
    assertThatThrownBy(() -> Splits.folds(new int[] {0, 1}, 3, 3, 1))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "data.split.test leaves no rows: there are fewer rows than data.split.folds, 3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'kind': 'sorted'}                        | data.split.kind should be one of column, folds, random, stratified: was 'sorted'
          {'kind': 'column'}                        | data.split.column is required
          {'kind': 'column', 'column': 'u', 'test': 0.2} | data.split.test should be absent where data.split.kind is column: was 0.2
          {'kind': 'folds', 'fold': 1}              | data.split.folds is required
          {'kind': 'folds', 'folds': 2, 'fold': 1}  | data.split.folds should be between 3 and 100: was 2
          {'kind': 'folds', 'folds': 5, 'fold': 6}  | data.split.fold should be between 1 and 5: was 6
          {'kind': 'random', 'fold': 1}             | data.split.fold should be absent where data.split.kind is random: was 1
          {'column': 'u'}                           | data.split.column should be absent where data.split.kind is stratified: was u
          """)
  void whatIsNoSplitIsNamed(String split, String message) {
    assertThatThrownBy(() -> spec(split)).hasMessage(message);
  }

  @Test
  void aSplitIsWrittenWithTheFieldsOfItsKind() {
    assertThat(SpecJson.compact(spec("{'kind': 'folds', 'folds': 5, 'fold': 2}").split()))
        .isEqualTo("{\"kind\":\"folds\",\"folds\":5,\"fold\":2}");
    assertThat(SpecJson.compact(spec("{}").split()))
        .isEqualTo("{\"kind\":\"stratified\",\"training\":0.6,\"validation\":0.2,\"test\":0.2}");
  }

  private Splits split(String split, long seed) {
    return Splits.of(digits, spec(split).split(), seed);
  }

  private Splits columns(String rows, String split) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("data.csv"), "use,label,x\n" + rows.replace(';', '\n') + "\n");
    DataSpec spec = spec(split);
    return Splits.of(DataFormats.read(file, spec, LABEL), spec.split(), 1);
  }

  private static DataSpec spec(String split) {
    return Digits.read(
            "{'name': 'x', 'data': {'uri': 'x.csv', 'split': %s}}"
                .formatted(split)
                .replace('\'', '"'))
        .data();
  }

  private static int[] all(Splits splits) {
    return Stream.of(splits.training(), splits.validation(), splits.test())
        .flatMapToInt(Arrays::stream)
        .toArray();
  }

  /** How much the classes' numbers of test rows differ. */
  private long spread(Splits splits) {
    long[] counts = IntStream.range(0, 10).mapToLong(c -> count(splits.test(), c)).toArray();
    return Arrays.stream(counts).max().orElseThrow() - Arrays.stream(counts).min().orElseThrow();
  }

  private long count(int[] rows, int label) {
    int[] labels = digits.rows().labels();
    return Arrays.stream(rows).filter(row -> labels[row] == label).count();
  }
}
