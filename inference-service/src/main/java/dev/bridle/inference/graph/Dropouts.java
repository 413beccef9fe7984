package dev.bridle.inference.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import dev.bridle.inference.graph.Dropout.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Finds the Dropout nodes of a graph and reads their settings, in every opset's spelling. */
final class Dropouts {
  /** Since when Gemm, Add and Sub broadcast of themselves. */
  static final long OLDEST_OPSET_OF_PRODUCTS = 7;

  private static final double DEFAULT_RATIO = 0.5;

  private final GraphProto graph;
  private final long opset;
  private final Constants constants;

  private Dropouts(ModelProto model) {
    this.graph = model.getGraph();
    this.opset = opset(model);
    this.constants = new Constants(graph);
  }

  static List<Dropout> of(ModelProto model) {
    return new Dropouts(model).found();
  }

  static boolean isDropout(NodeProto node) {
    return node.getOpType().equals("Dropout") && Nodes.isStandard(node.getDomain());
  }

  private List<Dropout> found() {
    List<Dropout> found = new ArrayList<>();
    int layer = 0;
    for (int at = 0; at < graph.getNodeCount(); at++) {
      NodeProto node = graph.getNode(at);
      if (isDropout(node)) {
        Mode mode = mode(node);
        int place = mode == Mode.OFF ? -1 : layer++;
        found.add(new Dropout(place, at, node.getInput(0), node.getOutput(0), ratio(node), mode));
      }
    }
    return List.copyOf(found);
  }

  private double ratio(NodeProto node) {
    if (opset < 12) {
      return node.getAttributeList().stream()
          .filter(attribute -> attribute.getName().equals("ratio"))
          .mapToDouble(AttributeProto::getF)
          .findFirst()
          .orElse(DEFAULT_RATIO);
    }
    return Nodes.input(node, 1)
        .map(name -> constants.scalar(name).orElse(Double.NaN))
        .orElse(DEFAULT_RATIO);
  }

  private Mode mode(NodeProto node) {
    if (opset < 7) {
      return node.getAttributeList().stream()
              .anyMatch(attribute -> attribute.getName().equals("is_test") && attribute.getI() != 0)
          ? Mode.OFF
          : Mode.LIVE;
    }
    if (opset < 12) {
      return Mode.WITHOUT_SWITCH;
    }
    return Nodes.input(node, 2).map(this::mode).orElse(Mode.OFF);
  }

  private Mode mode(String trainingMode) {
    OptionalDouble constant = constants.scalar(trainingMode);
    return constant.isPresent() && constant.getAsDouble() == 0 ? Mode.OFF : Mode.LIVE;
  }

  static long opset(ModelProto model) {
    return model.getOpsetImportList().stream()
        .filter(opset -> Nodes.isStandard(opset.getDomain()))
        .mapToLong(OperatorSetIdProto::getVersion)
        .findFirst()
        .orElseThrow(
            () -> new ModelRefusedException("the model imports no opset of the domain ai.onnx"));
  }
}
