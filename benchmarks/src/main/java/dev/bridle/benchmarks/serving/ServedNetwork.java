package dev.bridle.benchmarks.serving;

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

/** An MLP of 784-512-512-10 with seeded weights and no Dropout, which both servers serve. */
final class ServedNetwork {
  static final int FEATURES = 784;
  static final int CLASSES = 10;
  static final String INPUT = "input";
  static final String OUTPUT = "probabilities";

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("served");
  private final Random random = new Random(1);

  private ServedNetwork() {}

  static byte[] onnx() {
    ServedNetwork network = new ServedNetwork();
    network.graph.addInput(info(INPUT, FEATURES)).addOutput(info(OUTPUT, CLASSES));
    network.dense("h1", INPUT, FEATURES, 512, "Relu");
    network.dense("h2", "h1", 512, 512, "Relu");
    network.dense(OUTPUT, "h2", 512, CLASSES, "Softmax");
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
        .setGraph(network.graph)
        .build()
        .toByteArray();
  }

  private void dense(String name, String data, int in, int out, String activation) {
    weights(name + ".w", in, in, out);
    weights(name + ".b", in, out);
    node("Gemm", name + ".z", List.of(data, name + ".w", name + ".b"));
    node(activation, name, List.of(name + ".z"));
  }

  private void weights(String name, int in, long... shape) {
    TensorProto.Builder tensor =
        graph.addInitializerBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT_VALUE);
    long count = LongStream.of(shape).reduce(1, Math::multiplyExact);
    LongStream.of(shape).forEach(tensor::addDims);
    for (long at = 0; at < count; at++) {
      tensor.addFloatData((float) (random.nextGaussian() * Math.sqrt(2.0 / in)));
    }
  }

  private void node(String type, String output, List<String> inputs) {
    graph.addNode(NodeProto.newBuilder().setOpType(type).addAllInput(inputs).addOutput(output));
  }

  private static ValueInfoProto info(String name, int columns) {
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT_VALUE)
            .setShape(
                TensorShapeProto.newBuilder()
                    .addDim(Dimension.newBuilder().setDimParam("rows"))
                    .addDim(Dimension.newBuilder().setDimValue(columns)))
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
