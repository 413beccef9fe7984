package dev.bridle.inference.graph;

/**
 * A Dropout node of a model.
 *
 * @param layer its place among the model's live Dropout nodes, from 0; -1 unless live
 * @param node its place among the graph's nodes
 * @param data the tensor that it thins out
 * @param ratio p, the probability that a unit is dropped; NaN where the graph computes it
 */
public record Dropout(int layer, int node, String data, String output, double ratio, Mode mode) {
  /** Whether the node acts, as its model states it. */
  public enum Mode {
    /** training_mode is true, or an input that the caller was to switch on. */
    LIVE,
    /** training_mode is false or absent where the opset (12 and later) knows it. */
    OFF,
    /**
     * Opset 7 to 11 has no switch; that the exporter left the node in is taken as the wish to
     * sample.
     */
    WITHOUT_SWITCH
  }

  public boolean isLive() {
    return layer >= 0;
  }

  /** The graph input that carries its mask. */
  public String maskInput() {
    return "bridle/mask/" + layer;
  }
}
