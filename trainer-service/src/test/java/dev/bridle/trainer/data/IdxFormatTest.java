package dev.bridle.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bridle.trainer.Digits;
import dev.bridle.trainer.spec.DataSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdxFormatTest {
  private static final List<TargetColumn> LABEL =
      List.of(new TargetColumn("label", TargetColumn.Kind.CLASS, TargetColumn.Presence.REQUIRED));

  /** Two images of 1 x 2 pixels. */
  private static final String IMAGES = "00000803 00000002 00000001 00000002 00 ff 07 08";

  private static final String LABELS = "00000801 00000002 03 01";

  @TempDir Path folder;

  @Test
  void readsFashionMnist() {
    Table fashion = read(Digits.FOLDER.resolve("fashion-mnist-5k"), LABEL);
    assertThat(fashion.rows().count()).isEqualTo(5000);
    assertThat(fashion.features()).isEqualTo(784);
    assertThat(fashion.targets().get(0).classes()).hasSize(10);
    for (int label = 0; label < 10; label++) {
      int wanted = label;
      assertThat(Arrays.stream(fashion.rows().labels()).filter(other -> other == wanted).count())
          .isEqualTo(500);
    }
  }

  @Test
  void pixelsAreUnsignedAndLabelsFindTheirImages() throws IOException {
    Table table = read(pair(bytes(IMAGES), bytes(LABELS)), LABEL);
    assertThat(table.featureNames()).containsExactly("p0", "p1");
    assertThat(table.rows().features()).containsExactly(0, 255, 7, 8);
    assertThat(table.targets().get(0).classes()).containsExactly("1", "3");
    assertThat(table.rows().labels()).containsExactly(1, 0);
  }

  @Test
  void gzippedAndPlainFilesHoldTheSame() throws IOException {
    Path plain = pair(bytes(IMAGES), bytes(LABELS));
    Path gzipped = pair(gzipped(bytes(IMAGES)), bytes(LABELS));
    assertThat(read(gzipped, LABEL).rows().features())
        .isEqualTo(read(plain, LABEL).rows().features());
  }

  @Test
  void aFolderIsAllOfItsPairsAndLinksInItAreNotFollowed() throws IOException {
    Path images = pair(bytes(IMAGES), bytes(LABELS));
    Files.copy(images, folder.resolve("b-images-idx3-ubyte"));
    Files.write(folder.resolve("b-labels-idx1-ubyte.gz"), gzipped(bytes(LABELS)));
    Files.createSymbolicLink(folder.resolve("c-images-idx3-ubyte"), images);
    assertThat(read(folder, LABEL).rows().count()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "0000 0901 00000002 fe 01, -2 1",
    "0000 0B01 00000002 0102 ffff, 258 -1",
    "0000 0C01 00000002 00010000 00000001, 65536 1",
    "0000 0D01 00000002 3f000000 40000000, 0.5 2",
    "0000 0E01 00000002 3fe0000000000000 4000000000000000, 0.5 2"
  })
  void everyTypeOfIdxIsRead(String file, String values) throws IOException {
    Path path = Files.write(folder.resolve("x.idx"), bytes(file));
    float[] expected = new float[2];
    for (int i = 0; i < 2; i++) {
      expected[i] = Float.parseFloat(values.split(" ")[i]);
    }
    assertThat(IdxFile.read(path, 1, 2).values()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          89504e47 0d0a1a0a                          | magic number, 0x0000TTDD of type 08, 09, 0B, 0C, 0D, 0E and 1 to 8 dimensions: was 0x89504E47
          00000a03 00000001                          | was 0x00000A03
          00000800                                   | was 0x00000800
          000008                                     | is truncated: it ends within its header
          00000803 00000002 0000                     | is truncated: it ends within its header
          00000801 00000002 01 02                    | should have at least 2 dimensions: had 1
          00000802 00000002 00000000                 | dimension 2 should be at least 1: was 0
          00000802 ffffffff 00000001                 | dimension 1 should be at least 1: was -1
          00000802 00000002 00000002 01 02 03        | is truncated: it should have 4 values and ends after 3
          00000802 00000002 00000001 01 02 03        | should end after the 2 values that its dimensions [2, 1] declare: goes on
          00000803 00010000 00010000 00010000        | values: its dimensions declare at least 4294967296
          00000D02 00000001 00000001 7fc00000        | value 1 should be finite: was NaN
          """)
  void whatIsWrongWithAFileIsSaid(String images, String message) throws IOException {
    for (byte[] content : List.of(bytes(images), gzipped(bytes(images)))) {
      Path file = pair(content, bytes(LABELS));
      assertThatThrownBy(() -> read(file, LABEL))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith("a-images-idx3-ubyte")
          .hasMessageContaining(message);
    }
  }

  /** Whoever expanded it to its end would find that its end is missing. */
  @Test
  void aGzippedFileThatExpandsBeyondItsHeaderIsNotExpanded() throws IOException {
    byte[] whole = gzipped(Arrays.copyOf(bytes(IMAGES), 100_000_000));
    Path bomb = pair(Arrays.copyOf(whole, whole.length / 2), bytes(LABELS));
    assertThatThrownBy(() -> read(bomb, LABEL)).hasMessageEndingWith("[2, 1, 2] declare: goes on");
  }

  @Test
  void aGzippedFileThatBreaksOffIsTruncated() throws IOException {
    byte[] whole =
        gzipped(ByteBuffer.allocate(12 + 900).put(bytes("00000802 0000001e 0000001e")).array());
    Path file = pair(Arrays.copyOf(whole, whole.length - 12), bytes(LABELS));
    assertThatThrownBy(() -> read(file, LABEL)).hasMessageContaining("is truncated");
  }

  @Test
  void everyImageNeedsItsLabel() throws IOException {
    Path fewer = pair(bytes(IMAGES), bytes("00000801 00000001 03"));
    assertThatThrownBy(() -> read(fewer, LABEL))
        .hasMessage(
            "a-labels-idx1-ubyte should have the dimensions [2], a label for each image: had [1]");
    Files.delete(folder.resolve("a-labels-idx1-ubyte"));
    assertThatThrownBy(() -> read(fewer, LABEL))
        .hasMessage(
            "a-images-idx3-ubyte has no labels: there is neither a-labels-idx1-ubyte nor"
                + " a-labels-idx1-ubyte.gz beside it");
  }

  @Test
  void theChecksumIsThatOfWhatSha256sumPrints() throws IOException {
    Path images = pair(bytes(IMAGES), bytes(LABELS));
    String lines =
        "%s  a-images-idx3-ubyte\n%s  a-labels-idx1-ubyte\n"
            .formatted(Sha256.of(bytes(IMAGES)), Sha256.of(bytes(LABELS)));
    String expected = Sha256.of(lines.getBytes(StandardCharsets.UTF_8));
    assertThat(read(images, LABEL).sha256()).isEqualTo(expected);
    assertThat(read(folder, LABEL).sha256()).isEqualTo(expected);
  }

  @Test
  void imagesOfSeveralSizesAreNoDataSet() throws IOException {
    pair(bytes(IMAGES), bytes(LABELS));
    Files.write(
        folder.resolve("b-images-idx3-ubyte"), bytes("00000803 00000001 00000001 00000001 05"));
    Files.write(folder.resolve("b-labels-idx1-ubyte"), bytes("00000801 00000001 03"));
    assertThatThrownBy(() -> read(folder, LABEL))
        .hasMessageContaining("images of one size: had [2, 1, 2] and [1, 1, 1]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"area", "p0"})
  void labelIsTheOnlyTarget(String column) throws IOException {
    Path file = pair(bytes(IMAGES), bytes(LABELS));
    List<TargetColumn> other =
        List.of(new TargetColumn(column, TargetColumn.Kind.NUMBER, TargetColumn.Presence.REQUIRED));
    assertThatThrownBy(() -> read(file, other))
        .hasMessage("a-images-idx3-ubyte has no column '" + column + "': it has label");
  }

  @Test
  void filesMaySayWhatTheirRowsAreFor() {
    String split =
        ", \"split\": {\"kind\": \"column\", \"column\": \"part\", \"validation\": 0.25}";
    DataSpec spec =
        Digits.read("{\"name\": \"x\", \"data\": {\"uri\": \"x\"" + split + "}}").data();
    Table table = DataFormats.read(Digits.FOLDER.resolve("fashion-mnist-5k"), spec, LABEL);
    PreparedData data = PreparedData.of(table, spec, 1);
    assertThat(data.splits().test()).isEqualTo(IntStream.range(0, 1000).toArray());
    assertThat(data.training().count()).isEqualTo(3000);
    assertThat(data.validation().count()).isEqualTo(1000);
  }

  private Path pair(byte[] images, byte[] labels) throws IOException {
    Files.write(folder.resolve("a-labels-idx1-ubyte"), labels);
    return Files.write(folder.resolve("a-images-idx3-ubyte"), images);
  }

  private static Table read(Path data, List<TargetColumn> targets) {
    DataSpec spec = Digits.read("{\"name\": \"x\", \"data\": {\"uri\": \"x\"}}").data();
    return DataFormats.read(data, spec, targets);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static byte[] gzipped(byte[] content) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(content);
    }
    return compressed.toByteArray();
  }
}
