package dev.bridle.trainer.data;

import static org.apache.parquet.format.CompressionCodec.GZIP;
import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.intType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import blue.strategic.parquet.ParquetWriter;
import dev.bridle.trainer.Digits;
import dev.bridle.trainer.ModelKinds;
import dev.bridle.trainer.head.Heads;
import dev.bridle.trainer.spec.DataSpec;
import dev.bridle.trainer.spec.RunSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParquetFormatTest {
  private static final List<TargetColumn> LABEL =
      List.of(new TargetColumn("label", TargetColumn.Kind.CLASS, TargetColumn.Presence.REQUIRED));
  private static final Type TEXT = Types.optional(BINARY).as(stringType()).named("label");

  @TempDir Path folder;

  @Test
  void holdsTheSameAsTheTableInCsv() throws IOException {
    RunSpec spec = ModelKinds.spec(ModelKinds.GAPS, 1);
    Path csv = Digits.FOLDER.resolve(spec.data().uri());
    List<List<Object>> rows =
        Files.readAllLines(csv).stream()
            .skip(1)
            .map(line -> line.split(","))
            .map(row -> Arrays.asList(number(row[0]), text(row[1]), number(row[2]), text(row[3])))
            .toList();
    Path file =
        write(
            rows,
            Types.optional(DOUBLE).named("a"),
            Types.optional(BINARY).as(stringType()).named("color"),
            Types.optional(DOUBLE).named("b"),
            Types.optional(BINARY).as(stringType()).named("class"));
    Table expected = DataFormats.read(csv, spec.data(), Heads.columns(spec));
    Table read = DataFormats.read(file, spec.data(), Heads.columns(spec));
    assertThat(read.featureNames()).isEqualTo(expected.featureNames());
    assertThat(read.rows().features()).isEqualTo(expected.rows().features());
    assertThat(read.rows().labels()).isEqualTo(expected.rows().labels());
    assertThat(read.categories()).isEqualTo(expected.categories());
    assertThat(read.sha256()).isEqualTo(Sha256.of(file));
  }

  private static Object number(String cell) {
    return List.of("", "NA", "NaN", "?").contains(cell) ? null : (Object) Double.valueOf(cell);
  }

  private static Object text(String cell) {
    return cell.isEmpty() ? null : cell;
  }

  @Test
  void everyTypeOfNumberIsRead() throws IOException {
    Path file =
        write(
            List.of(
                Arrays.asList(1.5f, 2.5, 3, 4L, true, 7, "p"),
                Arrays.asList(-1.5f, -2.5, -3, -4L, false, 8, "q")),
            Types.required(FLOAT).named("f"),
            Types.required(DOUBLE).named("d"),
            Types.required(INT32).named("i"),
            Types.required(INT64).named("l"),
            Types.required(BOOLEAN).named("z"),
            Types.required(INT32).as(intType(8, false)).named("u"),
            TEXT);
    assertThat(read(file, "").rows().features())
        .containsExactly(1.5f, 2.5f, 3, 4, 1, 7, -1.5f, -2.5f, -3, -4, 0, 8);
  }

  @Test
  void aBadCellIsNamedByItsRowAndColumn() throws IOException {
    Type x = Types.optional(DOUBLE).named("x");
    assertThatThrownBy(
            () -> read(write(rows(1.0, "p", Double.POSITIVE_INFINITY, "q"), x, TEXT), ""))
        .isInstanceOf(DataException.class)
        .hasMessage("data.parquet row 2, column 'x' should be finite: was 'Infinity'");
    assertThatThrownBy(() -> read(write(rows(1.0, "p", 2.0, null), x, TEXT), ""))
        .hasMessage("data.parquet row 2, column 'label' should not be empty");
    assertThatThrownBy(() -> read(write(rows(1.0, "p", null, "q"), x, TEXT), ""))
        .hasMessage("data.parquet row 2, column 'x' should be a number: was ''");
    assertThat(
            read(write(rows(1.0, "p", null, "q"), x, TEXT), ", \"missing\": {}").rows().features())
        .containsExactly(1, Float.NaN);
  }

  @Test
  void aTypeWhoseStoredValueIsNotTheOneMeantIsRefusedUnlessItIsIgnored() throws IOException {
    Type x = Types.required(INT32).named("x");
    Type price = Types.required(INT32).as(decimalType(2, 9)).named("price");
    List<List<Object>> rows = List.of(Arrays.asList(1, 150, "p"), Arrays.asList(2, 250, "q"));
    Path file = write(rows, x, price, TEXT);
    assertThatThrownBy(() -> read(file, ""))
        .hasMessage(
            "data.parquet column 'price' should be of numbers, booleans or texts, one a row: was"
                + " int32 price (DECIMAL(9,2))");
    assertThat(read(file, ", \"ignore\": [\"price\"]").rows().features()).containsExactly(1, 2);
    assertThatThrownBy(
            () ->
                read(
                    write(
                        rows(1, "p", 2, "q"),
                        Types.required(INT32).as(intType(32, false)).named("x"),
                        TEXT),
                    ""))
        .hasMessageContaining("column 'x' should be of numbers, booleans or texts");
  }

  @Test
  void aFileThatIsBrokenIsSaidToBe() throws IOException {
    Path file = write(rows(1, "p", 2, "q"), Types.required(INT32).named("x"), TEXT);
    byte[] whole = Files.readAllBytes(file);
    for (byte[] broken :
        List.of(
            new byte[0], new byte[100], Arrays.copyOf(whole, whole.length - 9), middle(whole))) {
      Files.write(file, broken);
      assertThatThrownBy(() -> read(file, ""))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith("data.parquet cannot be read as Parquet: ");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"UNCOMPRESSED", "SNAPPY", "ZSTD"})
  void readsPlainAndCompressedPages(CompressionCodecName codec) throws IOException {
    Path file = folder.resolve("data.parquet");
    MessageType type = new MessageType("rows", Types.required(DOUBLE).named("x"), TEXT);
    try (var writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withType(type)
            .withCompressionCodec(codec)
            .build()) {
      for (int row = 0; row < 1000; row++) {
        SimpleGroup group = new SimpleGroup(type);
        group.add("x", (double) row);
        group.add("label", row % 2 == 0 ? "p" : "q");
        writer.write(group);
      }
    }
    Table table = read(file, "");
    assertThat(table.rows().count()).isEqualTo(1000);
    assertThat(table.rows().features()[999]).isEqualTo(999);
    assertThat(table.rows().labels()[999]).isEqualTo(1);
  }

  @Test
  void whatAFileDeclaresIsCheckedBeforeItIsRead() throws IOException {
    assertThatThrownBy(
            () ->
                read(
                    declaring(group -> group.getColumns().get(0).getMeta_data().setCodec(GZIP)),
                    ""))
        .hasMessage(
            "data.parquet column 'x' should be compressed by one of SNAPPY, ZSTD or not at all: was"
                + " GZIP");
    assertThatThrownBy(() -> read(declaring(group -> group.setNum_rows(Table.MOST_VALUES)), ""))
        .hasMessage(
            "data.parquet should hold at most %d values: held %d rows of 2 columns"
                .formatted(Table.MOST_VALUES, Table.MOST_VALUES));
    assertThatThrownBy(() -> read(declaring(group -> group.setTotal_byte_size(1L << 40)), ""))
        .hasMessage(
            "data.parquet should have row groups of at most 1073741824 bytes: had one of"
                + " 1099511627776");
  }

  /** A sound file whose footer says something else of its rows. */
  private Path declaring(Consumer<RowGroup> change) throws IOException {
    Path file = write(rows(1, "p", 2, "q"), Types.required(INT32).named("x"), TEXT);
    byte[] whole = Files.readAllBytes(file);
    int end = whole.length - 8;
    int begin = end - ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(end);
    FileMetaData footer =
        Util.readFileMetaData(new ByteArrayInputStream(whole, begin, end - begin));
    footer.getRow_groups().forEach(change);
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    changed.write(whole, 0, begin);
    Util.writeFileMetaData(footer, changed);
    ByteBuffer length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    changed.write(length.putInt(changed.size() - begin).array());
    changed.write(whole, end + 4, 4);
    return Files.write(file, changed.toByteArray());
  }

  /** Its pages overwritten. */
  private static byte[] middle(byte[] whole) {
    byte[] broken = whole.clone();
    Arrays.fill(broken, 4, 40, (byte) 0xEE);
    return broken;
  }

  private static List<List<Object>> rows(Object... cells) {
    return List.of(Arrays.asList(cells[0], cells[1]), Arrays.asList(cells[2], cells[3]));
  }

  private Path write(List<List<Object>> rows, Type... columns) throws IOException {
    Path file = folder.resolve("data.parquet");
    Files.deleteIfExists(file);
    try (ParquetWriter<List<Object>> writer =
        ParquetWriter.writeFile(
            new MessageType("rows", columns),
            file.toFile(),
            (row, out) -> {
              for (int i = 0; i < columns.length; i++) {
                if (row.get(i) != null) {
                  out.write(columns[i].getName(), row.get(i));
                }
              }
            })) {
      for (List<Object> row : rows) {
        writer.write(row);
      }
    }
    return file;
  }

  private static Table read(Path file, String more) {
    String spec = "{\"name\": \"x\", \"data\": {\"uri\": \"data.parquet\"%s}}".formatted(more);
    DataSpec data = Digits.read(spec).data();
    return DataFormats.read(file, data, LABEL);
  }
}
