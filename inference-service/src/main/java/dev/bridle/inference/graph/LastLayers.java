package dev.bridle.inference.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.bridle.inference.graph.LastLayer.Link;
import java.util.List;
import java.util.Optional;

/** Finds the one layer behind a Dropout: a product, and a Softmax perhaps. */
final class LastLayers {
  /** Of two weights each, 64 MiB: 255 classes behind 512 units. */
  private static final long MOST_PRODUCTS = 1 << 24;

  private final Products products;

  private LastLayers(GraphProto graph) {
    this.products = new Products(graph);
  }

  static Optional<LastLayer> of(GraphProto graph, List<Dropout> live) {
    return live.size() == 1
        ? new LastLayers(graph)
            .behind(live.get(0))
            .filter(layer -> (long) layer.units() * LogitGraph.spread(layer) <= MOST_PRODUCTS)
        : Optional.empty();
  }

  private Optional<LastLayer> behind(Dropout dropout) {
    return products.of(dropout.output()).flatMap(product -> linked(dropout, product));
  }

  private Optional<LastLayer> linked(Dropout dropout, Product product) {
    boolean given = products.isOutput(product.output());
    Optional<NodeProto> reader = products.onlyReader(product.output());
    if (given && reader.isEmpty()) {
      return Optional.of(layer(dropout, product, Link.IDENTITY, product.output()));
    }
    return reader
        .filter(node -> !given && isRowSoftmax(node) && products.isOutput(node.getOutput(0)))
        .filter(node -> products.onlyReader(node.getOutput(0)).isEmpty())
        .map(node -> layer(dropout, product, Link.SOFTMAX, node.getOutput(0)));
  }

  private static LastLayer layer(Dropout dropout, Product product, Link link, String output) {
    return new LastLayer(
        dropout.data(), dropout.ratio(), product.weights().values(), product.bias(), link, output);
  }

  private static boolean isRowSoftmax(NodeProto node) {
    double axis = Products.number(node, "axis", -1);
    return node.getOpType().equals("Softmax") && (axis == 1 || axis == -1);
  }
}
