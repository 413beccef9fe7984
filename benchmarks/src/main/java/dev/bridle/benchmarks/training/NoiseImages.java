package dev.bridle.benchmarks.training;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Images of 28 x 28 random pixels with random labels, as the two files of MNIST. */
final class NoiseImages {
  private static final int SIDE = 28;
  private static final int MAGIC_OF_IMAGES = 0x803;
  private static final int MAGIC_OF_LABELS = 0x801;

  private NoiseImages() {}

  static void write(Path folder, int count) {
    Random random = new Random(1);
    byte[] pixels = new byte[count * SIDE * SIDE];
    random.nextBytes(pixels);
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) random.nextInt(Networks.CLASSES);
    }
    write(folder.resolve("train-images-idx3-ubyte"), pixels, MAGIC_OF_IMAGES, count, SIDE, SIDE);
    write(folder.resolve("train-labels-idx1-ubyte"), labels, MAGIC_OF_LABELS, count);
  }

  private static void write(Path file, byte[] values, int... header) {
    try {
      Files.createDirectories(file.getParent());
      try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
        for (int number : header) {
          out.writeInt(number);
        }
        out.write(values);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
