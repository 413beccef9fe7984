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
  private final RowSoftmax softmax = new RowSoftmax();

  LastLayerSamples(LastLayer layer) {
    this.layer = layer;
  }

  /** Adds the row's samples, whose logits are the first so many; they are replaced. */
  void add(
      int row,
      float[][] logits,
      int count,
      Map<String, SampleAccumulator> moments,
      Map<String, KeptSamples> kept) {
    if (layer.link() == Link.SOFTMAX) {
      softmax.replace(logits, count);
    }
    SampleAccumulator samples = moments.get(layer.output());
    KeptSamples keeping = kept.get(layer.output());
    for (int sample = 0; sample < count; sample++) {
      samples.add(row, logits[sample], 0);
      if (keeping != null) {
        keeping.add(row, logits[sample], 0);
      }
    }
  }
}
