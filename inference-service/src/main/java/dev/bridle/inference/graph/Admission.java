package dev.bridle.inference.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which models are read at all. */
final class Admission {
  private static final Set<String> DOMAINS =
      Set.of("", "ai.onnx", "ai.onnx.ml", "com.microsoft", "ai.onnx.preview.training");

  private Admission() {}

  static void check(ModelProto model) {
    GraphProto graph = model.getGraph();
    if (graph.getNodeCount() == 0 || graph.getOutputCount() == 0) {
      throw new ModelRefusedException("not an ONNX model: its graph has no nodes or no outputs");
    }
    initializersInside(graph);
    Set<String> functions =
        model.getFunctionsList().stream().map(FunctionProto::getDomain).collect(Collectors.toSet());
    Stream.concat(
            graph.getNodeList().stream(),
            model.getFunctionsList().stream().flatMap(body -> body.getNodeList().stream()))
        .flatMap(Nodes::withNested)
        .forEach(node -> check(node, functions));
    graph.getNodeList().forEach(node -> checkMask(node, graph));
  }

  private static void initializersInside(GraphProto graph) {
    graph.getInitializerList().forEach(Admission::inside);
    graph.getSparseInitializerList().forEach(Admission::inside);
  }

  private static void inside(SparseTensorProto tensor) {
    inside(tensor.getValues());
    inside(tensor.getIndices());
  }

  private static void inside(TensorProto tensor) {
    if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      throw new ModelRefusedException(
          "tensor '%s' keeps its data in another file: export the model as one file"
              .formatted(tensor.getName()));
    }
  }

  private static void check(NodeProto node, Set<String> functions) {
    if (!DOMAINS.contains(node.getDomain()) && !functions.contains(node.getDomain())) {
      throw new ModelRefusedException(
          "operator '%s' of domain '%s' is a custom one: operators should be of the domains %s"
              .formatted(
                  node.getOpType(),
                  node.getDomain(),
                  DOMAINS.stream().filter(domain -> !domain.isEmpty()).sorted().toList()));
    }
    boolean rewritten = Dropouts.isDropout(node) || Normalizations.isNormalization(node);
    if (rewritten && (node.getInputCount() == 0 || node.getOutputCount() == 0)) {
      throw new ModelRefusedException(
          "node '%s' should have an input and an output: it is a %s"
              .formatted(node.getName(), node.getOpType()));
    }
    node.getAttributeList().forEach(Admission::inside);
    Nodes.subgraphs(node).forEach(Admission::initializersInside);
  }

  private static void inside(AttributeProto attribute) {
    inside(attribute.getT());
    inside(attribute.getSparseTensor());
    attribute.getTensorsList().forEach(Admission::inside);
    attribute.getSparseTensorsList().forEach(Admission::inside);
  }

  private static void checkMask(NodeProto node, GraphProto graph) {
    if (!Dropouts.isDropout(node) || node.getOutputCount() < 2 || node.getOutput(1).isEmpty()) {
      return;
    }
    String mask = node.getOutput(1);
    boolean read =
        graph.getNodeList().stream().anyMatch(reader -> Nodes.reads(reader).contains(mask))
            || graph.getOutputList().stream().anyMatch(output -> output.getName().equals(mask));
    if (read) {
      throw new ModelRefusedException(
          "the mask '%s' of a Dropout is read by the graph: it should have no reader"
              .formatted(mask));
    }
  }
}
