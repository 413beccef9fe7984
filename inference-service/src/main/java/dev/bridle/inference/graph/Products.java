package dev.bridle.inference.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import java.util.Optional;

/** Finds products with constants: Gemm, or MatMul and Add. */
final class Products {
  private final GraphProto graph;
  private final Constants constants;

  Products(GraphProto graph) {
    this.graph = graph;
    this.constants = new Constants(graph);
  }

  /** The product that alone reads the tensor. */
  Optional<Product> of(String data) {
    return onlyReader(data)
        .filter(node -> !isOutput(data) && node.getInput(0).equals(data))
        .flatMap(
            node ->
                switch (node.getOpType()) {
                  case "Gemm" -> gemm(node);
                  case "MatMul" -> matMul(node);
                  default -> Optional.empty();
                });
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
        .map(bias -> new Product(matrix, bias, List.of(node), node.getOutput(0)));
  }

  private Optional<Product> matMul(NodeProto node) {
    return constants.matrix(node.getInput(1)).flatMap(matrix -> added(node, matrix));
  }

  private Optional<Product> added(NodeProto node, Matrix matrix) {
    String product = node.getOutput(0);
    Optional<NodeProto> add =
        onlyReader(product)
            .filter(reader -> !isOutput(product) && reader.getOpType().equals("Add"));
    if (add.isEmpty()) {
      return Optional.of(new Product(matrix, new float[matrix.columns()], List.of(node), product));
    }
    boolean first = add.get().getInput(0).equals(product);
    return constants
        .vector(add.get().getInput(first ? 1 : 0), matrix.columns())
        .map(bias -> new Product(matrix, bias, List.of(node, add.get()), add.get().getOutput(0)));
  }

  boolean isOutput(String name) {
    return graph.getOutputList().stream().map(ValueInfoProto::getName).anyMatch(name::equals);
  }

  /** The node that reads the tensor, if it is exactly one. */
  Optional<NodeProto> onlyReader(String name) {
    List<NodeProto> readers =
        graph.getNodeList().stream().filter(node -> Nodes.reads(node).contains(name)).toList();
    return readers.size() == 1 ? Optional.of(readers.get(0)) : Optional.empty();
  }

  static double number(NodeProto node, String attribute, double otherwise) {
    return node.getAttributeList().stream()
        .filter(found -> found.getName().equals(attribute))
        .mapToDouble(
            found ->
                found.getType() == AttributeProto.AttributeType.FLOAT ? found.getF() : found.getI())
        .findFirst()
        .orElse(otherwise);
  }
}
