package dev.bridle.inference.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.bridle.inference.graph.LastLayer.Link;

/**
 * Continues a graph from what the last layer's Dropout thins out, h [rows, K], to the exact moments
 * of the logits {@code z = W^T (m * h) + b}: {@link #MEAN}, [rows, C], is {@code W^T h + b}, and
 * {@link #SPREAD} is {@code p / (1 - p) sum_u h_u^2 w_ui w_uj}: the variances, [rows, C], or where
 * a softmax needs more, the covariances of i and j up to i, [rows, C (C + 1) / 2].
 */
public final class LogitGraph {
  /** E z. */
  public static final String MEAN = "bridle/mean";

  /** Var z or Cov z. */
  public static final String SPREAD = "bridle/spread";

  private static final String SQUARES = "bridle/squares";
  private static final String WEIGHTS = "bridle/logitWeights";
  private static final String BIAS = "bridle/logitBias";
  private static final String PRODUCTS = "bridle/weightProducts";

  private LogitGraph() {}

  /** How many numbers {@link #SPREAD} has of a row. */
  public static int spread(LastLayer layer) {
    int classes = layer.classes();
    return layer.link() == Link.SOFTMAX ? classes * (classes + 1) / 2 : classes;
  }

  static void write(LastLayer layer, GraphProto.Builder to) {
    int units = layer.units();
    to.addInitializer(Parts.floats(WEIGHTS, layer.weights(), units, layer.classes()));
    to.addInitializer(Parts.floats(BIAS, layer.bias(), layer.classes()));
    to.addInitializer(Parts.floats(PRODUCTS, products(layer), units, spread(layer)));
    to.addNode(Parts.node("Gemm", MEAN, layer.data(), WEIGHTS, BIAS));
    to.addNode(Parts.node("Mul", SQUARES, layer.data(), layer.data()));
    to.addNode(Parts.node("MatMul", SPREAD, SQUARES, PRODUCTS));
    to.addOutput(ValueInfoProto.newBuilder().setName(MEAN));
    to.addOutput(ValueInfoProto.newBuilder().setName(SPREAD));
  }

  private static float[] products(LastLayer layer) {
    double noise = layer.ratio() / (1 - layer.ratio());
    int classes = layer.classes();
    float[] weights = layer.weights();
    float[] products = new float[layer.units() * spread(layer)];
    int at = 0;
    for (int first = 0; first < weights.length; first += classes) {
      for (int i = 0; i < classes; i++) {
        for (int j = layer.link() == Link.SOFTMAX ? 0 : i; j <= i; j++) {
          products[at++] = (float) (noise * weights[first + i] * weights[first + j]);
        }
      }
    }
    return products;
  }
}
