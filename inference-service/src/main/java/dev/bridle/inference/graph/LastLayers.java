package dev.bridle.inference.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.bridle.inference.graph.LastLayer.Link;
import java.util.List;
import java.util.Optional;

/** Finds the one layer behind a Dropout: Gemm, or MatMul and Add, and a Softmax perhaps. */
final class LastLayers {
  private final GraphProto graph;
  private final Constants constants;

  private LastLayers(GraphProto graph) {
    this.graph = graph;
    this.constants = new Constants(graph);
  }

  static Optional<LastLayer> of(GraphProto graph, List<Dropout> live) {
    return live.size() == 1 ? new LastLayers(graph).behind(live.get(0)) : Optional.empty();
  }

  /** A product on its way to the output. */
  private record Product(float[] weights, float[] bias, String output) {}

  private Optional<LastLayer> behind(Dropout dropout) {
    return onlyReader(dropout.output())
        .filter(node -> node.getInput(0).equals(dropout.output()))
        .flatMap(this::product)
        .flatMap(product -> linked(dropout, product));
  }

  private Optional<LastLayer> linked(Dropout dropout, Product product) {
    boolean given = isOutput(product.output());
    Optional<NodeProto> reader = onlyReader(product.output());
    if (given && reader.isEmpty()) {
      return Optional.of(layer(dropout, product, Link.IDENTITY, product.output()));
    }
    return reader
        .filter(node -> !given && isRowSoftmax(node) && isOutput(node.getOutput(0)))
        .filter(node -> onlyReader(node.getOutput(0)).isEmpty())
        .map(node -> layer(dropout, product, Link.SOFTMAX, node.getOutput(0)));
  }

  private static LastLayer layer(Dropout dropout, Product product, Link link, String output) {
    return new LastLayer(
        dropout.data(), dropout.ratio(), product.weights(), product.bias(), link, output);
  }

  private Optional<Product> product(NodeProto node) {
    return switch (node.getOpType()) {
      case "Gemm" -> gemm(node);
      case "MatMul" -> matMul(node);
      default -> Optional.empty();
    };
  }

  private Optional<Product> gemm(NodeProto node) {
    Optional<Matrix> weights = constants.matrix(node.getInput(1));
    boolean plain =
        number(node, "alpha", 1) == 1
            && number(node, "beta", 1) == 1
            && number(node, "transA", 0) == 0;
    if (weights.isEmpty() || !plain) {
      return Optional.empty();
    }
    Matrix matrix = number(node, "transB", 0) == 0 ? weights.get() : weights.get().transposed();
    return Nodes.input(node, 2)
        .map(name -> constants.vector(name, matrix.columns()))
        .orElseGet(() -> Optional.of(new float[matrix.columns()]))
        .map(bias -> new Product(matrix.values(), bias, node.getOutput(0)));
  }

  private Optional<Product> matMul(NodeProto node) {
    Optional<Matrix> weights = constants.matrix(node.getInput(1));
    if (weights.isEmpty()) {
      return Optional.empty();
    }
    Matrix matrix = weights.get();
    Product bare = new Product(matrix.values(), new float[matrix.columns()], node.getOutput(0));
    Optional<NodeProto> add =
        onlyReader(node.getOutput(0)).filter(reader -> reader.getOpType().equals("Add"));
    if (add.isEmpty()) {
      return Optional.of(bare);
    }
    String other =
        add.get().getInput(0).equals(bare.output()) ? add.get().getInput(1) : add.get().getInput(0);
    return constants
        .vector(other, matrix.columns())
        .map(bias -> new Product(matrix.values(), bias, add.get().getOutput(0)));
  }

  private static boolean isRowSoftmax(NodeProto node) {
    double axis = number(node, "axis", -1);
    return node.getOpType().equals("Softmax") && (axis == 1 || axis == -1);
  }

  private boolean isOutput(String name) {
    return graph.getOutputList().stream().map(ValueInfoProto::getName).anyMatch(name::equals);
  }

  /** The node that reads the tensor, if it is exactly one. */
  private Optional<NodeProto> onlyReader(String name) {
    List<NodeProto> readers =
        graph.getNodeList().stream().filter(node -> Nodes.reads(node).contains(name)).toList();
    return readers.size() == 1 ? Optional.of(readers.get(0)) : Optional.empty();
  }

  private static double number(NodeProto node, String attribute, double otherwise) {
    return node.getAttributeList().stream()
        .filter(found -> found.getName().equals(attribute))
        .mapToDouble(
            found ->
                found.getType() == AttributeProto.AttributeType.FLOAT ? found.getF() : found.getI())
        .findFirst()
        .orElse(otherwise);
  }
}
