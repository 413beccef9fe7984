package dev.bridle.inference.engine;

/**
 * Who is kept in the samples of one run: a bit each. In ints of 32 samples, for then the compiler
 * writes out several units at once.
 */
final class MaskBits {
  private static final int PARTS = BlockSize.GREATEST / Integer.SIZE;

  private final int[][] parts;

  MaskBits(int units) {
    this.parts = new int[PARTS][units];
  }

  /** Of 64 samples from this one on, a word for each unit. */
  void put(int sample, long[] words) {
    int[] low = part(sample);
    int[] high = part(sample + Integer.SIZE);
    for (int unit = 0; unit < words.length; unit++) {
      low[unit] = (int) words[unit];
      high[unit] = (int) (words[unit] >>> Integer.SIZE);
    }
  }

  /** Of some units alone. */
  void put(MaskBits others, int[] units, int count) {
    for (int part = 0; part < PARTS; part++) {
      int[] from = others.parts[part];
      int[] to = parts[part];
      for (int at = 0; at < count; at++) {
        to[at] = from[units[at]];
      }
    }
  }

  /** Takes the number of the kept ones, as its bits, or 0. */
  void choose(int sample, int kept, int[] to) {
    int[] words = part(sample);
    int shift = Integer.SIZE - 1 - sample % Integer.SIZE;
    for (int unit = 0; unit < to.length; unit++) {
      to[unit] = words[unit] << shift >> Integer.SIZE - 1 & kept;
    }
  }

  /** Takes each unit's number, as its bits, from the kept or the dropped ones. */
  void choose(int sample, int[] kept, int[] dropped, int[] to, int count) {
    int[] words = part(sample);
    int shift = Integer.SIZE - 1 - sample % Integer.SIZE;
    for (int unit = 0; unit < count; unit++) {
      int all = words[unit] << shift >> Integer.SIZE - 1;
      to[unit] = all & kept[unit] | ~all & dropped[unit];
    }
  }

  /**
   * The Walsh functions that the units' bits are in so many samples, a power of two: c, or the
   * complement ~c where they are the negative.
   */
  int[] functions(int first, int samples) {
    int[] functions = new int[parts[0].length];
    int[] firsts = part(first);
    int shift = first % Integer.SIZE;
    for (int digit = 0; 1 << digit < samples; digit++) {
      int sample = first + (1 << digit);
      int[] words = part(sample);
      int other = sample % Integer.SIZE;
      for (int unit = 0; unit < functions.length; unit++) {
        functions[unit] |= ((firsts[unit] >>> shift ^ words[unit] >>> other) & 1) << digit;
      }
    }
    for (int unit = 0; unit < functions.length; unit++) {
      functions[unit] ^= (firsts[unit] >>> shift & 1) - 1;
    }
    return functions;
  }

  private int[] part(int sample) {
    return parts[sample / Integer.SIZE % PARTS];
  }
}
