package dev.bridle.trainer.data;

import dev.bridle.trainer.spec.ImageSpec;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

/**
 * A PNG or JPEG file as pixels from 0 to 255, in the order channel, row, column. Of one channel, a
 * color image becomes its luma, 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601); of three, a gray one
 * becomes three equal ones. Every pixel has to be opaque.
 */
final class ImageFile {
  private static final int PNG = 0x89504E47;
  private static final int JPEG = 0xFFD8;

  private ImageFile() {}

  /**
   * Writes an image's pixels to {@code pixels}, from {@code at} on. What its header declares is
   * checked before anything is decoded, so that a small file cannot ask for much memory.
   *
   * @param name what messages call the file
   * @throws DataException naming the file and what of it is wrong
   */
  static void read(Path file, String name, ImageSpec shape, float[] pixels, int at) {
    try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
      ImageReader reader = ImageIO.getImageReadersByFormatName(format(file, name)).next();
      try {
        // Without metadata, for a compressed comment may be of any length.
        reader.setInput(in, true, true);
        requireSize(name, shape, reader.getWidth(0), reader.getHeight(0));
        write(reader.read(0), name, shape, pixels, at);
      } finally {
        reader.dispose();
      }
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new DataException(
          "%s cannot be read as an image: %s".formatted(name, e.getMessage()), e);
    }
  }

  private static String format(Path file, String name) throws IOException {
    byte[] first = new byte[4];
    try (var in = Files.newInputStream(file)) {
      in.readNBytes(first, 0, first.length);
    }
    int magic = 0;
    for (byte one : first) {
      magic = magic << 8 | one & 0xFF;
    }
    if (magic != PNG && magic >>> 16 != JPEG) {
      throw new DataException(
          "%s should be a PNG or a JPEG: begins with 0x%08X".formatted(name, magic));
    }
    return magic == PNG ? "png" : "jpeg";
  }

  private static void requireSize(String name, ImageSpec shape, int width, int height) {
    if (width != shape.width() || height != shape.height()) {
      throw new DataException(
          "%s should be %d x %d pixels, as data.image says: was %d x %d"
              .formatted(name, shape.width(), shape.height(), width, height));
    }
  }

  private static void write(
      BufferedImage image, String name, ImageSpec shape, float[] pixels, int at) {
    int bands = image.getRaster().getNumBands();
    // What is gray is taken as it is stored, for a conversion to RGB would change it.
    boolean gray = bands <= 2 && !(image.getColorModel() instanceof IndexColorModel);
    float scale = 255f / ((1 << image.getSampleModel().getSampleSize(0)) - 1);
    int plane = shape.width() * shape.height();
    for (int i = 0; i < plane; i++) {
      int x = i % shape.width();
      int y = i / shape.width();
      int color = image.getRGB(x, y);
      if (color >>> 24 != 0xFF) {
        throw new DataException(
            "%s should be opaque: the pixel in row %d, column %d is not"
                .formatted(name, y + 1, x + 1));
      }
      float red = gray ? image.getRaster().getSample(x, y, 0) * scale : color >> 16 & 0xFF;
      float green = gray ? red : color >> 8 & 0xFF;
      float blue = gray ? red : color & 0xFF;
      if (shape.channels() == 3) {
        pixels[at + i] = red;
        pixels[at + plane + i] = green;
        pixels[at + 2 * plane + i] = blue;
      } else {
        pixels[at + i] = red == green && green == blue ? red : luma(red, green, blue);
      }
    }
  }

  private static float luma(float red, float green, float blue) {
    return 0.299f * red + 0.587f * green + 0.114f * blue;
  }
}
