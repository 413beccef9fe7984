package dev.bridle.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bridle.trainer.spec.InvalidFieldException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataFormatsTest {
  @ParameterizedTest
  @CsvSource({
    "digits.csv, csv",
    "digits.parquet, parquet",
    "DIGITS.CSV, csv",
    "train-images-idx3-ubyte, idx",
    "train-images-idx3-ubyte.gz, idx",
    "images.idx.gz, idx"
  })
  void theNameOfTheDataTellsItsFormat(String file, String format) {
    assertThat(DataFormats.of(Path.of(file), Optional.empty()).name()).isEqualTo(format);
  }

  @Test
  void theFormatThatIsGivenCountsAndNotTheName() {
    assertThat(DataFormats.of(Path.of("digits.csv"), Optional.of("idx")).name()).isEqualTo("idx");
  }

  @Test
  void formatsHaveNamesOfTheirOwn() {
    assertThat(DataFormats.ALL.stream().map(DataFormat::name)).doesNotHaveDuplicates();
  }

  @Test
  void anUnknownFormatIsAnsweredByThoseThatThereAre() {
    assertThatThrownBy(() -> DataFormats.of(Path.of("digits.csv"), Optional.of("excel")))
        .isInstanceOf(InvalidFieldException.class)
        .hasMessageMatching("data.format should be one of csv, parquet, idx, images: was 'excel'");
    assertThatThrownBy(() -> DataFormats.of(Path.of("digits.dat"), Optional.empty()))
        .isInstanceOf(InvalidFieldException.class)
        .hasMessageEndingWith("is absent, and 'digits.dat' doesn't tell");
  }
}
