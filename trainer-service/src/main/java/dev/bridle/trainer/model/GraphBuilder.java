package dev.bridle.trainer.model;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
  private final Map<String, String> outputs = new HashMap<>();
  private String rows;
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

  static OnnxMl.AttributeProto integers(String name, List<Integer> values) {
    return OnnxMl.AttributeProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.AttributeProto.AttributeType.INTS)
        .addAllInts(values.stream().map(Integer::longValue).toList())
        .build();
  }

  static OnnxMl.AttributeProto real(String name, float value) {
    return OnnxMl.AttributeProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.AttributeProto.AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  /** What a ConstantOfShape is filled with: FLOAT ones. */
  static OnnxMl.AttributeProto one() {
    return OnnxMl.AttributeProto.newBuilder()
        .setName("value")
        .setType(OnnxMl.AttributeProto.AttributeType.TENSOR)
        .setT(floats(new Weights.Tensor("", new long[] {1}, new float[] {1})))
        .build();
  }

  /** A FLOAT matrix, its rows of any number, that the graph reads. */
  public String input(String name, int columns) {
    graph.addInput(matrix(name, columns));
    return name;
  }

  /** How many rows the graph was given, INT64 [1]. */
  String rows() {
    if (rows == null) {
      rows =
          node(
              "Shape",
              "rows",
              List.of(integer("start", 0), integer("end", 1)),
              graph.getInput(0).getName());
    }
    return rows;
  }

  /** Remembers the name of the value that a layer wrote. */
  public void wrote(String layer, String value) {
    outputs.put(layer, value);
  }

  /** The name of the value that an earlier layer wrote. */
  String outputOf(String layer) {
    return outputs.get(layer);
  }

  /** A FLOAT matrix, its rows of any number, that the graph answers with. */
  public void output(String name, int columns) {
    graph.addOutput(matrix(name, columns));
  }

  /** A constant FLOAT tensor. */
  public String tensor(Weights.Tensor tensor) {
    graph.addInitializer(floats(tensor));
    return tensor.name();
  }

  /** A constant INT64 vector. */
  String integers(String name, long... values) {
    OnnxMl.TensorProto.Builder vector =
        OnnxMl.TensorProto.newBuilder()
            .setName(name)
            .setDataType(OnnxMl.TensorProto.DataType.INT64.getNumber())
            .addDims(values.length);
    for (long value : values) {
      vector.addInt64Data(value);
    }
    graph.addInitializer(vector);
    return name;
  }

  /** A constant FLOAT scalar. */
  public String scalar(String name, float value) {
    return tensor(new Weights.Tensor(name, new long[0], new float[] {value}));
  }

  /** The columns from {@code from} to before {@code to} of a matrix. */
  public String columns(String name, String input, int from, int to) {
    return node(
        "Slice",
        name,
        input,
        integers(name + ".from", from),
        integers(name + ".to", to),
        integers(name + ".axis", 1));
  }

  /** A Dropout node, alive or inert. */
  String dropout(String name, String input, double ratio) {
    return node("Dropout", name, input, scalar(name + ".ratio", (float) ratio), trainingMode());
  }

  /** The constant BOOL scalar that all Dropout nodes share. */
  private String trainingMode() {
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
    return node(operator, name, List.of(attribute), inputs);
  }

  /** A node with attributes, whose one output bears its name. */
  String node(
      String operator, String name, List<OnnxMl.AttributeProto> attributes, String... inputs) {
    return add(OnnxMl.NodeProto.newBuilder().addAllAttribute(attributes), operator, name, inputs);
  }

  /** Gives the value that the last node writes another name. */
  public void rename(String value, String name) {
    OnnxMl.NodeProto.Builder last = graph.getNodeBuilder(graph.getNodeCount() - 1);
    if (!last.getOutput(0).equals(value)) {
      throw new IllegalStateException(
          "the last node writes '%s', not '%s'".formatted(last.getOutput(0), value));
    }
    last.setOutput(0, name);
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

  private static OnnxMl.TensorProto floats(Weights.Tensor tensor) {
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
    return constant.build();
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
