package dev.bridle.trainer.train;

import com.sun.jna.Function;

/**
 * The C library's memory, of which the engine takes megabytes in each operation and gives them back
 * in the next.
 */
final class NativeMemory {
  private static final int TRIM_THRESHOLD = -1;
  private static final int MMAP_THRESHOLD = -3;
  private static final int MIB = 1 << 20;

  /** The most that glibc accepts. */
  private static final int MOST_OF_THE_HEAP = 32 * MIB;

  private NativeMemory() {}

  /**
   * Blocks of up to 32 MiB that are freed stay with the process, up to 1 GiB at the heap's end.
   * Otherwise the system takes them back and gives them again page by page, filled with zeros: a
   * sixth of a small convolutional network's time. Without effect where the C library is another
   * than glibc.
   */
  static void keepWhatIsFreed() {
    try {
      Function mallopt = Function.getFunction("c", "mallopt");
      mallopt.invokeInt(new Object[] {MMAP_THRESHOLD, MOST_OF_THE_HEAP});
      mallopt.invokeInt(new Object[] {TRIM_THRESHOLD, 1024 * MIB});
    } catch (UnsatisfiedLinkError e) {
      // Slower, and nothing else.
    }
  }
}
