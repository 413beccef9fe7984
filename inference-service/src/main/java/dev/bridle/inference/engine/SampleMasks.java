package dev.bridle.inference.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The masks of the sample at hand: drawn once, then copied to each of its rows. */
final class SampleMasks {
  private final List<MaskedLayer> layers;
  private final long seed;
  private final Map<String, float[]> masks = new HashMap<>();
  private int current = -1;

  SampleMasks(List<MaskedLayer> layers, long seed) {
    this.layers = layers;
    this.seed = seed;
    layers.forEach(layer -> masks.put(layer.input(), new float[RowBlock.units(layer.rowShape())]));
  }

  void put(int sample, int slot, Map<String, RowBlock> blocks) {
    if (sample != current) {
      layers.forEach(layer -> layer.mask().fill(seed, sample, masks.get(layer.input())));
      current = sample;
    }
    masks.forEach((input, mask) -> blocks.get(input).put(slot, mask, 0));
  }
}
