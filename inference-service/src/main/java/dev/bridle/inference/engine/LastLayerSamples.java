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
   * @param logits [C][T] without the bias; overwritten
   */
  void add(
      int row,
      float[][] logits,
      Map<String, SampleAccumulator> moments,
      Map<String, KeptSamples> kept) {
    for (int c = 0; c < logits.length; c++) {
      add(layer.bias()[c], logits[c]);
    }
    SampleAccumulator samples = moments.get(layer.output());
    KeptSamples keeping = kept.get(layer.output());
    if (layer.link() == Link.SOFTMAX) {
      softmax.take(logits);
      samples.add(row, softmax.probabilities(), softmax.entropies());
    }
    for (int t = 0; t < logits[0].length; t++) {
      if (layer.link() == Link.IDENTITY) {
        samples.add(row, logits(logits, t), 0);
      }
      if (keeping != null) {
        keeping.add(row, layer.link() == Link.SOFTMAX ? probabilities(t) : logits(logits, t), 0);
      }
    }
  }

  private static void add(float number, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += number;
    }
  }

  private float[] logits(float[][] logits, int t) {
    for (int c = 0; c < sample.length; c++) {
      sample[c] = logits[c][t];
    }
    return sample;
  }

  private float[] probabilities(int t) {
    for (int c = 0; c < sample.length; c++) {
      sample[c] = (float) softmax.probabilities()[c][t];
    }
    return sample;
  }
}
