package dev.bridle.inference.engine;

import dev.bridle.inference.graph.LastLayer;
import dev.bridle.inference.graph.LastLayer.Link;
import dev.bridle.inference.uncertainty.KeptSamples;
import dev.bridle.inference.uncertainty.SampleAccumulator;
import java.util.Map;

/**
 * What samples go through behind the last layer, without the runtime, whose call takes longer than
 * all of it. Not thread-safe.
 */
final class LastLayerSamples {
  private final LastLayer layer;
  private final SampledSoftmax softmax;
  private final float[] sample;

  LastLayerSamples(LastLayer layer) {
    this.layer = layer;
    this.softmax = new SampledSoftmax(layer.classes());
    this.sample = new float[layer.classes()];
  }

  /**
   * Adds samples of a row.
   *
   * @param logits [C, T] from the offset on
   * @param count T
   */
  void add(
      int row,
      float[] logits,
      int offset,
      int count,
      Map<String, SampleAccumulator> moments,
      Map<String, KeptSamples> kept) {
    SampleAccumulator samples = moments.get(layer.output());
    KeptSamples keeping = kept.get(layer.output());
    if (layer.link() == Link.SOFTMAX) {
      softmax.take(logits, offset, count);
      samples.add(row, softmax.probabilities(), count, softmax.entropies());
      if (keeping != null) {
        keep(row, softmax.probabilities(), count, keeping);
      }
      return;
    }
    for (int t = 0; t < count; t++) {
      for (int c = 0; c < sample.length; c++) {
        sample[c] = logits[offset + c * count + t];
      }
      samples.add(row, sample, 0);
      if (keeping != null) {
        keeping.add(row, sample, 0);
      }
    }
  }

  private void keep(int row, double[] probabilities, int count, KeptSamples keeping) {
    for (int t = 0; t < count; t++) {
      for (int c = 0; c < sample.length; c++) {
        sample[c] = (float) probabilities[c * count + t];
      }
      keeping.add(row, sample, 0);
    }
  }
}
