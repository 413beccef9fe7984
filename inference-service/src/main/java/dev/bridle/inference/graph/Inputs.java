package dev.bridle.inference.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A graph's inputs, less what the callers need not give. */
final class Inputs {
  private Inputs() {}

  /** Removes the inputs that were read before, but no longer: a switch of Dropout, its ratio. */
  static void dropUnread(GraphProto.Builder graph, GraphProto original) {
    Set<String> unread = reads(original.getNodeList());
    unread.removeAll(reads(graph.getNodeList()));
    List<ValueInfoProto> kept =
        graph.getInputList().stream().filter(input -> !unread.contains(input.getName())).toList();
    graph.clearInput().addAllInput(kept);
  }

  /** The inputs that a request gives: those without an initializer. */
  static Set<String> required(GraphProto graph) {
    Set<String> names =
        graph.getInputList().stream().map(ValueInfoProto::getName).collect(Collectors.toSet());
    graph.getInitializerList().forEach(tensor -> names.remove(tensor.getName()));
    return names;
  }

  private static Set<String> reads(List<NodeProto> nodes) {
    Set<String> names = new HashSet<>();
    nodes.forEach(node -> names.addAll(Nodes.reads(node)));
    return names;
  }
}
