package dev.bridle.inference.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gives a model whose output {@code y} has the log-variance {@code y_log_variance} beside it the
 * output {@code y_variance} too, so that variances and not their logarithms are averaged over the
 * sub-networks.
 */
final class LogVariances {
  private static final String LOG = "_log_variance";

  private LogVariances() {}

  static ModelProto exponentiated(ModelProto model) {
    GraphProto.Builder graph = model.getGraph().toBuilder();
    Set<String> taken =
        graph.getOutputList().stream().map(ValueInfoProto::getName).collect(Collectors.toSet());
    Set<String> outputs = Set.copyOf(taken);
    graph.getNodeList().forEach(node -> taken.addAll(node.getOutputList()));
    for (ValueInfoProto output : model.getGraph().getOutputList()) {
      String value = output.getName().replace(LOG, "");
      String variance = value + "_variance";
      if (output.getName().endsWith(LOG) && outputs.contains(value) && taken.add(variance)) {
        graph.addNode(
            NodeProto.newBuilder().setOpType("Exp").addInput(output.getName()).addOutput(variance));
        graph.addOutput(output.toBuilder().setName(variance));
      }
    }
    return model.toBuilder().setGraph(graph).build();
  }
}
