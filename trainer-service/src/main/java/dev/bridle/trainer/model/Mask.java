package dev.bridle.trainer.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.SplittableRandom;

/**
 * What is kept and what is dropped. The engine's own Bernoulli draws take more of a step than the
 * products of a small layer, so the engine draws a seed alone, and a splittable generator (Steele
 * et al., 2014) the rest: 31 of its bits decide on each value, without a branch, which would be
 * guessed wrong half the time.
 */
public final class Mask {
  private static final int CHUNK = 4096;

  private Mask() {}

  /**
   * {@code one} with probability 1 - {@code ratio}, else 0, independently of each other; drawn from
   * the engine's current seed, which moves on.
   *
   * @param ratio in [0, 1), exact to 2^-31
   */
  public static NDArray of(Shape shape, double ratio, double one, NDManager manager) {
    NDArray mask = manager.create(shape, DataType.FLOAT32);
    IntBuffer target = mask.toByteBuffer(true).order(ByteOrder.nativeOrder()).asIntBuffer();
    SplittableRandom random = new SplittableRandom(seed(manager));
    int least = (int) Math.round(ratio * (1L << 31));
    int kept = Float.floatToIntBits((float) one);
    int[] chunk = new int[CHUNK];
    while (target.hasRemaining()) {
      int count = Math.min(CHUNK, target.remaining());
      for (int i = 0; i < count; i += 2) {
        long bits = random.nextLong();
        chunk[i] = keptFrom(least, (int) (bits >>> 33), kept);
        chunk[i + 1] = keptFrom(least, (int) bits >>> 1, kept);
      }
      target.put(chunk, 0, count);
    }
    return mask;
  }

  private static int keptFrom(int least, int drawn, int kept) {
    return kept & ~((drawn - least) >> 31);
  }

  private static long seed(NDManager manager) {
    try (NDArray drawn = manager.randomInteger(0, Long.MAX_VALUE, new Shape(1), DataType.INT64)) {
      return drawn.toLongArray()[0];
    }
  }
}
