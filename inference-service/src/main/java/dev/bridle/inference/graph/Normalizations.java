package dev.bridle.inference.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts every BatchNormalization of the main graph into inference mode, with the statistics that the
 * model was trained to. An export in training mode, which keeps Dropout alive, would otherwise
 * normalize by the rows of the request: opset 14 and later say so by training_mode, older ones by
 * outputs behind the first.
 */
final class Normalizations {
  private Normalizations() {}

  /**
   * @throws ModelRefusedException if the graph reads the statistics of a batch
   */
  static ModelProto inferring(ModelProto model) {
    GraphProto.Builder graph = model.getGraph().toBuilder();
    Set<String> read = read(model.getGraph());
    for (int at = 0; at < graph.getNodeCount(); at++) {
      NodeProto node = graph.getNode(at);
      if (isNormalization(node)) {
        graph.setNode(at, inferring(node, read));
      }
    }
    return model.toBuilder().setGraph(graph).build();
  }

  static boolean isNormalization(NodeProto node) {
    return node.getOpType().equals("BatchNormalization") && Nodes.isStandard(node.getDomain());
  }

  private static NodeProto inferring(NodeProto node, Set<String> read) {
    for (String statistics : node.getOutputList().subList(1, node.getOutputCount())) {
      if (read.contains(statistics)) {
        throw new ModelRefusedException(
            "'%s', the statistics of a batch, is read by the graph: it should have no reader"
                .formatted(statistics));
      }
    }
    List<AttributeProto> kept =
        node.getAttributeList().stream()
            .filter(attribute -> !attribute.getName().equals("training_mode"))
            .toList();
    return node.toBuilder()
        .clearAttribute()
        .addAllAttribute(kept)
        .clearOutput()
        .addOutput(node.getOutput(0))
        .build();
  }

  private static Set<String> read(GraphProto graph) {
    Set<String> read =
        graph.getOutputList().stream()
            .map(ValueInfoProto::getName)
            .collect(Collectors.toCollection(HashSet::new));
    graph.getNodeList().forEach(node -> read.addAll(Nodes.reads(node)));
    return read;
  }
}
