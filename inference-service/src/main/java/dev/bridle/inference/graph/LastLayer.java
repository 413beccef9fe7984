package dev.bridle.inference.graph;

/**
 * A model whose one live Dropout lies before its last layer: {@code y = softmax(W^T (m * h) + b)},
 * or without the softmax.
 *
 * @param data h, the tensor that the Dropout thins out, FLOAT [rows, K]
 * @param ratio p
 * @param weights W, [K, C] row-major
 * @param bias b, [C]
 * @param output y, the model's output
 */
public record LastLayer(
    String data, double ratio, float[] weights, float[] bias, Link link, String output) {
  /** What stands behind the logits. */
  public enum Link {
    IDENTITY,
    SOFTMAX
  }

  /** C. */
  public int classes() {
    return bias.length;
  }

  /** K. */
  public int units() {
    return weights.length / bias.length;
  }
}
