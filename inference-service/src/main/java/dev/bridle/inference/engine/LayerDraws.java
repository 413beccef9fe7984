package dev.bridle.inference.engine;

import dev.bridle.inference.mask.MaskMethod;
import dev.bridle.inference.mask.Masks;

/** A Dropout's masks of the samples of one run, which all rows share. */
final class LayerDraws {
  private final MaskedLayer layer;
  private final Masks masks;
  private final long[] words;
  private final MaskBits bits;
  private int drawn;

  LayerDraws(MaskedLayer layer, MaskMethod method, int samples, long seed) {
    this.layer = layer;
    this.masks = method.masks(layer.dropout(), samples, seed);
    this.words = new long[layer.dropout().units()];
    this.bits = new MaskBits(words.length);
  }

  MaskedLayer layer() {
    return layer;
  }

  MaskBits bits() {
    return bits;
  }

  float scale() {
    return masks.scale();
  }

  /** Draws the samples before this one; of earlier runs nothing is kept. */
  void upTo(int sample) {
    for (; drawn < sample; drawn += Masks.AT_ONCE) {
      masks.next(words);
      bits.put(drawn, words);
    }
  }

  /** Writes the masks of the samples from the first on. */
  void write(RowBlock block, int first, Slots slots) {
    int[] mask = new int[words.length];
    int kept = Float.floatToRawIntBits(scale());
    for (int at = 0; at < slots.samples(); at++) {
      bits.choose(first + at, kept, mask);
      block.putBits(slots.of(at), mask, words.length);
    }
  }
}
