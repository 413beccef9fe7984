package dev.bridle.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.bridle.trainer.Digits;
import dev.bridle.trainer.spec.DataSpec;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFolderFormatTest {
  private static final List<TargetColumn> LABEL =
      List.of(new TargetColumn("label", TargetColumn.Kind.CLASS, TargetColumn.Presence.REQUIRED));
  private static final String GRAY = "\"image\": {\"height\": 2, \"width\": 3}";
  private static final String COLOR = "\"image\": {\"channels\": 3, \"height\": 2, \"width\": 3}";
  private static final int TEAL = 0x20C0A0;

  @TempDir Path home;

  @Test
  void digitsAsPicturesAreTheDigitsOfTheTable() throws IOException {
    Table digits = Digits.table();
    for (int row = 0; row < 100; row++) {
      BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
      for (int i = 0; i < 64; i++) {
        image.getRaster().setSample(i % 8, i / 8, 0, (int) digits.rows().features()[row * 64 + i]);
      }
      save(image, "%d/%03d.png".formatted(digits.rows().labels()[row], row));
    }
    Table read = read("\"image\": {\"height\": 8, \"width\": 8}");
    assertThat(read.targets().get(0).classes()).hasSize(10);
    int first = 0;
    for (int label = 0; label < 10; label++) {
      for (int row = 0; row < 100; row++) {
        if (digits.rows().labels()[row] == label) {
          assertThat(Arrays.copyOfRange(read.rows().features(), first * 64, first * 64 + 64))
              .isEqualTo(Arrays.copyOfRange(digits.rows().features(), row * 64, row * 64 + 64));
          assertThat(read.rows().labels()[first]).isEqualTo(label);
          first++;
        }
      }
    }
    assertThat(read.rows().count()).isEqualTo(100);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_4BYTE_ABGR,
        BufferedImage.TYPE_BYTE_INDEXED
      })
  void colorsAreThreePlanesOrTheirLuma(int type) throws IOException {
    BufferedImage image = new BufferedImage(3, 2, type);
    for (int i = 0; i < 6; i++) {
      image.setRGB(i % 3, i / 3, 0xFF000000 | (i == 4 ? 0xFF0000 : 0xFFFFFF));
    }
    save(image, "a/1.png");
    save(image, "b/1.png");
    assertThat(Arrays.copyOf(read(COLOR).rows().features(), 18))
        .containsExactly(
            255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0, 255, 255, 255, 255, 255, 0, 255);
    assertThat(read(GRAY).rows().features()[4]).isCloseTo(0.299f * 255, within(0.01f));
    assertThat(read(GRAY).rows().features()[5]).isEqualTo(255);
  }

  @ParameterizedTest
  @CsvSource({"10, 100, png, 0", "10, 100, jpg, 2", "11, 25700, png, 0"})
  void grayIsTakenAsItIsStored(int type, int stored, String ending, int off) throws IOException {
    BufferedImage image = new BufferedImage(3, 2, type);
    for (int i = 0; i < 6; i++) {
      image.getRaster().setSample(i % 3, i / 3, 0, stored);
    }
    save(image, "a/1." + ending);
    save(image, "b/1." + ending);
    for (float value : read(COLOR).rows().features()) {
      assertThat(value).isCloseTo(100, within((float) off));
    }
    assertThat(read(GRAY).rows().features()[0]).isCloseTo(100, within((float) off));
  }

  @Test
  void folderNamesMaySayWhatTheirImagesAreFor() throws IOException {
    for (String part : List.of("training", "validation", "test")) {
      save(plain(3, 2), part + "/cat/1.png");
      save(plain(3, 2), part + "/dog/1.jpg");
    }
    String split = ", \"split\": {\"kind\": \"column\", \"column\": \"part\"}";
    Table table = read(COLOR + split);
    assertThat(table.targets().get(0).classes()).containsExactly("cat", "dog");
    assertThat(table.parts())
        .containsExactly(
            Part.TEST, Part.TEST, Part.TRAINING, Part.TRAINING, Part.VALIDATION, Part.VALIDATION);
    Files.move(home.resolve("pets/test"), home.resolve("pets/tests"));
    assertThatThrownBy(() -> read(COLOR + split))
        .hasMessageStartingWith("pets/tests should be named training, validation or test");
  }

  @Test
  void hiddenFilesAndLinksAreNoImages() throws IOException {
    Path secret = save(plain(3, 2), "../secret.png");
    save(plain(3, 2), "cat/1.png");
    save(plain(3, 2), "dog/1.png");
    Files.writeString(home.resolve("pets/cat/.DS_Store"), "no image");
    Files.createSymbolicLink(home.resolve("pets/cat/2.png"), secret);
    Files.createSymbolicLink(home.resolve("pets/fox"), home.resolve("pets/dog"));
    assertThat(read(COLOR).rows().count()).isEqualTo(2);
  }

  @Test
  void aBadImageIsNamedByItsPath() throws IOException {
    save(plain(3, 2), "cat/1.png");
    save(plain(4, 2), "dog/1.png");
    assertRefused("pets/dog/1.png should be 3 x 2 pixels, as data.image says: was 4 x 2");
    Path bad = home.resolve("pets/dog/1.png");
    Files.writeString(bad, "text");
    assertRefused("pets/dog/1.png should be a PNG or a JPEG: begins with 0x74657874");
    Files.write(bad, new byte[0]);
    assertRefused("pets/dog/1.png should be a PNG or a JPEG: begins with 0x00000000");
    byte[] whole = Files.readAllBytes(home.resolve("pets/cat/1.png"));
    Files.write(bad, Arrays.copyOf(whole, 40));
    assertRefused("pets/dog/1.png cannot be read as an image: ");
    Files.write(bad, new byte[] {(byte) 0xFF, (byte) 0xD8, 0, 0, 0});
    assertRefused("pets/dog/1.png cannot be read as an image: ");
    BufferedImage clear = new BufferedImage(3, 2, BufferedImage.TYPE_INT_ARGB);
    save(clear, "dog/1.png");
    assertRefused("pets/dog/1.png should be opaque: the pixel in row 1, column 1 is not");
  }

  /** Decoding this one would take 40 GB. */
  @Test
  void anImageThatDeclaresMorePixelsIsNotDecoded() throws IOException {
    save(plain(3, 2), "cat/1.png");
    Path bomb = save(plain(3, 2), "dog/1.png");
    ByteBuffer png = ByteBuffer.wrap(Files.readAllBytes(bomb));
    png.putInt(16, 100_000).putInt(20, 100_000);
    CRC32 crc = new CRC32();
    crc.update(png.array(), 12, 17);
    png.putInt(29, (int) crc.getValue());
    Files.write(bomb, png.array());
    assertRefused("pets/dog/1.png should be 3 x 2 pixels, as data.image says: was 100000 x 100000");
  }

  @Test
  void theSpecHasToSayTheShape() throws IOException {
    save(plain(3, 2), "cat/1.png");
    save(plain(3, 2), "dog/1.png");
    assertThatThrownBy(() -> read("\"format\": \"images\""))
        .hasMessage("data.image is required by data.format images");
    assertThatThrownBy(() -> read("\"image\": {\"channels\": 2, \"height\": 2, \"width\": 3}"))
        .hasMessage("data.image.channels should be 1 or 3 for data.format images: was 2");
    assertThatThrownBy(() -> read(COLOR + ", \"ignore\": [\"p0\"]"))
        .hasMessage("data.ignore should be empty for images, which pets has: was [p0]");
  }

  @Test
  void aSetOfTooManyPixelsIsRefusedBeforeItIsRead() throws IOException {
    int images = Table.MOST_VALUES / 3145728 + 1;
    for (int i = 0; i < images; i++) {
      Files.createDirectories(home.resolve("pets/cat"));
      Files.writeString(home.resolve("pets/cat/" + i + ".png"), "no image");
    }
    assertThatThrownBy(
            () -> read("\"image\": {\"channels\": 3, \"height\": 1024, \"width\": 1024}"))
        .hasMessage(
            "pets should hold at most %d values: held %d images of 3145728"
                .formatted(Table.MOST_VALUES, images));
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> read(COLOR))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(message);
  }

  /**
   * @param fields of {@code data}
   */
  private Table read(String fields) {
    DataSpec spec =
        Digits.read("{\"name\": \"x\", \"data\": {\"uri\": \"pets\", %s}}".formatted(fields))
            .data();
    return DataFormats.read(home.resolve("pets"), spec, LABEL);
  }

  private static BufferedImage plain(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, TEAL);
    }
    return image;
  }

  private Path save(BufferedImage image, String name) throws IOException {
    Path file = home.resolve("pets").resolve(name);
    Files.createDirectories(home.resolve("pets"));
    Files.createDirectories(file.getParent());
    assertThat(ImageIO.write(image, name.endsWith("png") ? "png" : "jpg", file.toFile())).isTrue();
    return file;
  }
}
