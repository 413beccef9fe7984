package dev.bridle.inference.mask;

/**
 * Uniform words of 64 bits as a pure function of (seed, layer, count, place): the output function
 * of SplitMix64 over a counter whose start is a hash of the first three. Steele, Lea and Flood:
 * Fast splittable pseudorandom number generators (OOPSLA 2014); it passes BigCrush, and a word
 * costs a few instructions that the compiler runs for several places at once.
 */
final class MaskWords {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private MaskWords() {}

  /** Writes the words of the places from 0. */
  static void fill(long seed, int layer, int count, long[] words) {
    long start = mix(mix(mix(seed + GOLDEN) + layer) + count);
    for (int place = 0; place < words.length; place++) {
      words[place] = mix(start + place * GOLDEN);
    }
  }

  /** Stafford's variant 13 of the 64-bit finalizer, which SplitMix64 uses. */
  static long mix(long word) {
    word = (word ^ (word >>> 30)) * 0xBF58476D1CE4E5B9L;
    word = (word ^ (word >>> 27)) * 0x94D049BB133111EBL;
    return word ^ (word >>> 31);
  }
}
