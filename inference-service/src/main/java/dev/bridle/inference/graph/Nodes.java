package dev.bridle.inference.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Questions to a node. */
final class Nodes {
  private Nodes() {}

  static boolean isStandard(String domain) {
    return domain.isEmpty() || domain.equals("ai.onnx");
  }

  /** The name at an optional input's place. */
  static Optional<String> input(NodeProto node, int place) {
    return node.getInputCount() > place && !node.getInput(place).isEmpty()
        ? Optional.of(node.getInput(place))
        : Optional.empty();
  }

  /** Every tensor that the node reads, what its subgraphs capture included. */
  static Set<String> reads(NodeProto node) {
    Set<String> names = new LinkedHashSet<>(node.getInputList());
    subgraphs(node)
        .flatMap(graph -> graph.getNodeList().stream())
        .map(Nodes::reads)
        .forEach(names::addAll);
    subgraphs(node)
        .flatMap(graph -> graph.getOutputList().stream())
        .forEach(output -> names.add(output.getName()));
    names.remove("");
    return names;
  }

  static Stream<GraphProto> subgraphs(NodeProto node) {
    return node.getAttributeList().stream().flatMap(Nodes::graphs);
  }

  /** The node and all nodes of its subgraphs. */
  static Stream<NodeProto> withNested(NodeProto node) {
    return Stream.concat(
        Stream.of(node),
        subgraphs(node).flatMap(graph -> graph.getNodeList().stream()).flatMap(Nodes::withNested));
  }

  private static Stream<GraphProto> graphs(AttributeProto attribute) {
    return Stream.concat(
        attribute.hasG() ? Stream.of(attribute.getG()) : Stream.empty(),
        attribute.getGraphsList().stream());
  }
}
