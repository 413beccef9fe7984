package dev.bridle.trainer.model;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Collects the nodes and constants of an ONNX graph. */
public final class GraphBuilder {
  private static final String TRAINING_MODE = "training_mode";

  /** What the graph's Dropout nodes do. */
  public enum Dropout {
    /** They drop units at inference too: what MC-dropout samples. */
    LIVE,
    /** They pass their input on: the deterministic function. */
    INERT
  }

  private final OnnxMl.GraphProto.Builder graph;
  private final Dropout dropout;
  private boolean hasTrainingMode;

  public GraphBuilder(String name, Dropout dropout) {
    this.graph = OnnxMl.GraphProto.newBuilder().setName(name);
    this.dropout = dropout;
  }

  public static OnnxMl.AttributeProto integer(String name, long value) {
    return OnnxMl.AttributeProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  /** A FLOAT matrix, its rows of any number, that the graph reads. */
  public String input(String name, int columns) {
    graph.addInput(matrix(name, columns));
    return name;
  }

  /** A FLOAT matrix, its rows of any number, that the graph answers with. */
  public void output(String name, int columns) {
    graph.addOutput(matrix(name, columns));
  }

  /** A constant FLOAT tensor. */
  public String tensor(Weights.Tensor tensor) {
    ByteBuffer bytes =
        ByteBuffer.allocate(tensor.values().length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(tensor.values());
    OnnxMl.TensorProto.Builder constant =
        OnnxMl.TensorProto.newBuilder()
            .setName(tensor.name())
            .setDataType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
            .setRawData(ByteString.copyFrom(bytes));
    for (long dimension : tensor.shape()) {
      constant.addDims(dimension);
    }
    graph.addInitializer(constant);
    return tensor.name();
  }

  /** A constant FLOAT scalar. */
  public String scalar(String name, float value) {
    return tensor(new Weights.Tensor(name, new long[0], new float[] {value}));
  }

  /** The constant BOOL scalar that all Dropout nodes share. */
  public String trainingMode() {
    if (!hasTrainingMode) {
      hasTrainingMode = true;
      graph.addInitializer(
          OnnxMl.TensorProto.newBuilder()
              .setName(TRAINING_MODE)
              .setDataType(OnnxMl.TensorProto.DataType.BOOL.getNumber())
              .setRawData(
                  ByteString.copyFrom(new byte[] {(byte) (dropout == Dropout.LIVE ? 1 : 0)})));
    }
    return TRAINING_MODE;
  }

  /** A node whose one output bears its name. */
  public String node(String operator, String name, String... inputs) {
    return add(OnnxMl.NodeProto.newBuilder(), operator, name, inputs);
  }

  /** A node with an attribute, whose one output bears its name. */
  public String node(
      String operator, String name, OnnxMl.AttributeProto attribute, String... inputs) {
    return add(OnnxMl.NodeProto.newBuilder().addAttribute(attribute), operator, name, inputs);
  }

  public OnnxMl.GraphProto build() {
    return graph.build();
  }

  private String add(
      OnnxMl.NodeProto.Builder node, String operator, String name, String... inputs) {
    node.setOpType(operator).setName(name).addOutput(name);
    for (String input : inputs) {
      node.addInput(input);
    }
    graph.addNode(node);
    return name;
  }

  private static OnnxMl.ValueInfoProto matrix(String name, int columns) {
    return OnnxMl.ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            OnnxMl.TypeProto.newBuilder()
                .setTensorType(
                    OnnxMl.TypeProto.Tensor.newBuilder()
                        .setElemType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
                        .setShape(
                            OnnxMl.TensorShapeProto.newBuilder()
                                .addDim(
                                    OnnxMl.TensorShapeProto.Dimension.newBuilder()
                                        .setDimParam("rows"))
                                .addDim(
                                    OnnxMl.TensorShapeProto.Dimension.newBuilder()
                                        .setDimValue(columns)))))
        .build();
  }
}
