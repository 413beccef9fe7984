package dev.bridle.benchmarks.dropout;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/** The networks that are measured, as ONNX models with seeded weights and Dropout of p = 0.5. */
final class Networks {
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("benchmark");
  private final Random random = new Random(1);

  private Networks() {
    constant("ratio", TensorProto.DataType.FLOAT_VALUE).addFloatData(0.5f);
    constant("training", TensorProto.DataType.BOOL_VALUE).addInt32Data(1);
  }

  /** One bare product, [rows, inner] times [inner, columns]. */
  static byte[] product(int inner, int columns) {
    Networks network = new Networks();
    network.graph.clearInitializer();
    network.input(inner);
    network.weights("w", inner, inner, columns);
    network.node("MatMul", "y", "input", "w");
    return network.bytes("y", columns);
  }

  /** 784-512-512-10, Dropout behind each hidden layer. */
  static byte[] mlp() {
    Networks network = new Networks();
    network.input(784);
    String hidden = network.thin(network.dense("h1", "input", 784, 512));
    return network.classes(network.thin(network.dense("h2", hidden, 512, 512)), 512);
  }

  /** 784-512-512-10, Dropout before the last layer alone. */
  static byte[] mlpWithLastLayerDropout() {
    Networks network = new Networks();
    network.input(784);
    String hidden = network.dense("h2", network.dense("h1", "input", 784, 512), 512, 512);
    return network.classes(network.thin(hidden), 512);
  }

  /**
   * Convolutions of 3 x 3 to 16 and 32 channels, each pooled by 2, Dropout before the last layer.
   */
  static byte[] cnn() {
    Networks network = new Networks();
    network.input(1, 28, 28);
    String second = network.block("c2", network.block("c1", "input", 1, 16), 16, 32);
    network.node("Flatten", "flat", second);
    return network.classes(network.thin("flat"), 32 * 7 * 7);
  }

  private String dense(String name, String data, int in, int out) {
    weights(name + ".w", in, in, out);
    weights(name + ".b", in, out);
    node("Gemm", name + ".z", data, name + ".w", name + ".b");
    node("Relu", name, name + ".z");
    return name;
  }

  private String block(String name, String data, int in, int out) {
    weights(name + ".w", in * 9, out, in, 3, 3);
    node("Conv", name + ".z", List.of(data, name + ".w"), ints("pads", 1, 1, 1, 1));
    node("Relu", name + ".a", name + ".z");
    node("MaxPool", name, List.of(name + ".a"), ints("kernel_shape", 2, 2), ints("strides", 2, 2));
    return name;
  }

  private String thin(String data) {
    node("Dropout", data + ".thin", data, "ratio", "training");
    return data + ".thin";
  }

  private byte[] classes(String data, int in) {
    weights("out.w", in, in, 10);
    weights("out.b", in, 10);
    node("Gemm", "logits", data, "out.w", "out.b");
    node("Softmax", "probabilities", List.of("logits"), integer("axis", 1));
    return bytes("probabilities", 10);
  }

  private void input(long... rowShape) {
    graph.addInput(info("input", rowShape));
  }

  private void weights(String name, int in, long... shape) {
    TensorProto.Builder tensor = constant(name, TensorProto.DataType.FLOAT_VALUE);
    long count = LongStream.of(shape).reduce(1, Math::multiplyExact);
    LongStream.of(shape).forEach(tensor::addDims);
    for (long at = 0; at < count; at++) {
      tensor.addFloatData((float) (random.nextGaussian() * Math.sqrt(2.0 / in)));
    }
  }

  private TensorProto.Builder constant(String name, int type) {
    return graph.addInitializerBuilder().setName(name).setDataType(type);
  }

  private void node(String type, String output, String... inputs) {
    node(type, output, List.of(inputs));
  }

  private void node(String type, String output, List<String> inputs, AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(type)
            .addAllInput(inputs)
            .addOutput(output)
            .addAllAttribute(List.of(attributes)));
  }

  private static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static AttributeProto ints(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    LongStream.of(values).forEach(attribute::addInts);
    return attribute.build();
  }

  private static ValueInfoProto info(String name, long... rowShape) {
    TensorShapeProto.Builder shape =
        TensorShapeProto.newBuilder().addDim(Dimension.newBuilder().setDimParam("rows"));
    LongStream.of(rowShape).forEach(size -> shape.addDim(Dimension.newBuilder().setDimValue(size)));
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT_VALUE)
            .setShape(shape)
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  private byte[] bytes(String output, int columns) {
    graph.addOutput(info(output, columns));
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
        .setGraph(graph)
        .build()
        .toByteArray();
  }
}
