package dev.bridle.inference.testing;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/** ONNX models of the shapes that the trainer exports, with seeded weights. */
public final class TestModels {
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");
  private final Random random = new Random(7);
  private long opset = 17;

  private TestModels() {}

  /** features -> 32 -> 16 -> classes, Dropout behind each hidden layer, Softmax at the end. */
  public static byte[] mlp(int features, int classes, double ratio) {
    return mlp(features, 16, classes, ratio);
  }

  /** As {@link #mlp(int, int, double)}, with a second hidden layer of so many units. */
  public static byte[] mlp(int features, int second, int classes, double ratio) {
    TestModels model = new TestModels();
    model.input("input", features);
    model.constant("mean", new float[features], 1, features);
    model.dropoutSettings((float) ratio, true);
    model.node("Sub", "normalized", "input", "mean");
    model.gemm("first", "normalized", features, 32);
    model.node("Relu", "hidden", "first");
    model.node("Dropout", "thin", "hidden", "ratio", "training");
    model.gemm("second", "thin", 32, second);
    model.node("Relu", "hidden2", "second");
    model.node("Dropout", "thin2", "hidden2", "ratio", "training");
    model.gemm("logits", "thin2", second, classes);
    model.softmax("probabilities", "logits");
    model.output("probabilities", classes);
    return model.bytes();
  }

  /** As {@link #mlp(int, int, double)}, what the first Dropout thins out added again behind it. */
  public static byte[] residual(int features, int classes, double ratio) {
    TestModels model = new TestModels();
    model.input("input", features);
    model.dropoutSettings((float) ratio, true);
    model.gemm("first", "input", features, 96);
    model.node("Relu", "hidden", "first");
    model.node("Dropout", "thin", "hidden", "ratio", "training");
    model.gemm("second", "thin", 96, 96);
    model.node("Add", "sum", "second", "hidden");
    model.node("Relu", "hidden2", "sum");
    model.node("Dropout", "thin2", "hidden2", "ratio", "training");
    model.gemm("logits", "thin2", 96, classes);
    model.softmax("probabilities", "logits");
    model.output("probabilities", classes);
    return model.bytes();
  }

  /** features -> 64 -> classes, Dropout before the last layer alone, Softmax at the end. */
  public static byte[] lastLayer(int features, int classes, double ratio) {
    TestModels model = new TestModels();
    model.input("input", features);
    model.dropoutSettings((float) ratio, true);
    model.gemm("first", "input", features, 64);
    model.node("Relu", "hidden", "first");
    model.node("Dropout", "thin", "hidden", "ratio", "training");
    model.gemm("logits", "thin", 64, classes);
    model.softmax("probabilities", "logits");
    model.output("probabilities", classes);
    return model.bytes();
  }

  /** y = w . dropout(x): with p = 0.5, E[y] = w . x and Var[y] = sum (w x)^2. */
  public static byte[] linear(float[] weights, double ratio) {
    TestModels model = new TestModels();
    model.input("input", weights.length);
    model.dropoutSettings((float) ratio, true);
    model.constant("weights", weights, weights.length, 1);
    model.node("Dropout", "thin", "input", "ratio", "training");
    model.node("MatMul", "y", "thin", "weights");
    model.output("y", 1);
    return model.bytes();
  }

  /** features -> 16 -> labels, Dropout between, Sigmoid at the end. */
  public static byte[] multiLabel(int features, int labels, double ratio) {
    TestModels model = new TestModels();
    model.input("input", features);
    model.dropoutSettings((float) ratio, true);
    model.gemm("first", "input", features, 16);
    model.node("Relu", "hidden", "first");
    model.node("Dropout", "thin", "hidden", "ratio", "training");
    model.gemm("logits", "thin", 16, labels);
    model.node("Sigmoid", "labels", "logits");
    model.output("labels", labels);
    return model.bytes();
  }

  /** As {@link #linear}, with the validation residuals of a trainer in the metadata. */
  public static byte[] linearWithResiduals(float[] weights, double ratio, double variance) {
    try {
      String heads =
          "[{\"kind\":\"regression\",\"output\":\"y\",\"residual_variance\":%s}]"
              .formatted(variance);
      return ModelProto.parseFrom(linear(weights, ratio)).toBuilder()
          .addMetadataProps(StringStringEntryProto.newBuilder().setKey("heads").setValue(heads))
          .build()
          .toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As {@link #linear}, with log-variances 2 w . dropout(x) beside y. */
  public static byte[] linearWithLogVariance(float[] weights, double ratio) {
    TestModels model = new TestModels();
    model.input("input", weights.length);
    model.dropoutSettings((float) ratio, true);
    model.constant("weights", weights, weights.length, 1);
    model.constant("two", new float[] {2}, 1);
    model.node("Dropout", "thin", "input", "ratio", "training");
    model.node("MatMul", "y", "thin", "weights");
    model.node("Mul", "y_log_variance", "y", "two");
    model.output("y", 1);
    model.output("y_log_variance", 1);
    return model.bytes();
  }

  /** As {@link #linear}, in opset 11: the ratio an attribute, no switch. */
  public static byte[] linearOfOpset11(float[] weights, double ratio) {
    TestModels model = new TestModels();
    model.opset = 11;
    model.input("input", weights.length);
    model.constant("weights", weights, weights.length, 1);
    AttributeProto attribute =
        AttributeProto.newBuilder()
            .setName("ratio")
            .setType(AttributeProto.AttributeType.FLOAT)
            .setF((float) ratio)
            .build();
    model.graph.addNode(
        NodeProto.newBuilder()
            .setOpType("Dropout")
            .addInput("input")
            .addOutput("thin")
            .addAttribute(attribute));
    model.node("MatMul", "y", "thin", "weights");
    model.output("y", 1);
    return model.bytes();
  }

  /** A Dropout whose training_mode is false. */
  public static byte[] switchedOff(float[] weights) {
    TestModels model = new TestModels();
    model.input("input", weights.length);
    model.dropoutSettings(0.5f, false);
    model.constant("weights", weights, weights.length, 1);
    model.node("Dropout", "thin", "input", "ratio", "training");
    model.node("MatMul", "y", "thin", "weights");
    model.output("y", 1);
    return model.bytes();
  }

  /** Gives its input back. */
  public static byte[] identity(TensorProto.DataType type, long... shape) {
    TestModels model = new TestModels();
    model.graph.addInput(info("b", type, shape));
    model.node("Identity", "a", "b");
    model.graph.addOutput(info("a", type, shape));
    return model.bytes();
  }

  /** Its INT64 input as another type. */
  public static byte[] cast(TensorProto.DataType to) {
    TestModels model = new TestModels();
    model.graph.addInput(info("b", TensorProto.DataType.INT64, -1));
    AttributeProto type =
        AttributeProto.newBuilder()
            .setName("to")
            .setType(AttributeProto.AttributeType.INT)
            .setI(to.getNumber())
            .build();
    model.graph.addNode(
        NodeProto.newBuilder().setOpType("Cast").addInput("b").addOutput("a").addAttribute(type));
    model.graph.addOutput(info("a", to, -1));
    return model.bytes();
  }

  /** y = x less the mean over the rows: a row's answer depends on the others. */
  public static byte[] minusTheMeanOfTheRows(int features) {
    TestModels model = new TestModels();
    model.input("input", features);
    AttributeProto axes =
        AttributeProto.newBuilder()
            .setName("axes")
            .setType(AttributeProto.AttributeType.INTS)
            .addInts(0)
            .build();
    model.graph.addNode(
        NodeProto.newBuilder()
            .setOpType("ReduceMean")
            .addInput("input")
            .addOutput("mean")
            .addAttribute(axes));
    model.node("Sub", "y", "input", "mean");
    model.output("y", features);
    return model.bytes();
  }

  /** A node of a domain that nobody knows. */
  public static byte[] customOperator() {
    TestModels model = new TestModels();
    model.input("input", 2);
    model.graph.addNode(
        NodeProto.newBuilder()
            .setOpType("Frobnicate")
            .setDomain("com.example")
            .addInput("input")
            .addOutput("y"));
    model.output("y", 2);
    return model.bytes();
  }

  /** An initializer that points out of the file. */
  public static byte[] externalData() {
    TestModels model = new TestModels();
    model.input("input", 2);
    model.graph.addInitializer(
        TensorProto.newBuilder()
            .setName("weights")
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addDims(2)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL));
    model.node("Mul", "y", "input", "weights");
    model.output("y", 2);
    return model.bytes();
  }

  /** y = x, so many times: [rows, units] of [rows, 1]. */
  public static byte[] repeated(int units) {
    float[] ones = new float[units];
    Arrays.fill(ones, 1);
    TestModels model = new TestModels();
    model.input("input", 1);
    model.constant("wide", ones, 1, units);
    model.node("MatMul", "y", "input", "wide");
    model.output("y", units);
    return model.bytes();
  }

  /** y of x, [rows, 1] both: takes several milliseconds a row, on whatever machine. */
  public static byte[] slow() {
    int units = 100_000;
    float[] ones = new float[units];
    Arrays.fill(ones, 1);
    TestModels model = new TestModels();
    model.input("input", 1);
    model.constant("wide", ones, 1, units);
    model.constant("narrow", ones, units, 1);
    model.node("MatMul", "h0", "input", "wide");
    int layers = 100;
    for (int layer = 1; layer <= layers; layer++) {
      model.node("Tanh", "h" + layer, "h" + (layer - 1));
    }
    model.node("MatMul", "y", "h" + layers, "narrow");
    model.output("y", 1);
    return model.bytes();
  }

  private void input(String name, int features) {
    graph.addInput(info(name, TensorProto.DataType.FLOAT, -1, features));
  }

  private void output(String name, int units) {
    graph.addOutput(info(name, TensorProto.DataType.FLOAT, -1, units));
  }

  private void dropoutSettings(float ratio, boolean training) {
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName("ratio")
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addFloatData(ratio));
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName("training")
            .setDataType(TensorProto.DataType.BOOL_VALUE)
            .addInt32Data(training ? 1 : 0));
  }

  private void gemm(String name, String data, int in, int out) {
    float[] weights = new float[in * out];
    for (int at = 0; at < weights.length; at++) {
      weights[at] = (float) (random.nextGaussian() / Math.sqrt(in));
    }
    constant(name + ".weights", weights, in, out);
    constant(name + ".bias", new float[out], out);
    node("Gemm", name, data, name + ".weights", name + ".bias");
  }

  private void constant(String name, float[] values, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT_VALUE);
    LongStream.of(shape).forEach(tensor::addDims);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    graph.addInitializer(tensor);
  }

  private void softmax(String output, String input) {
    AttributeProto axis =
        AttributeProto.newBuilder()
            .setName("axis")
            .setType(AttributeProto.AttributeType.INT)
            .setI(1)
            .build();
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType("Softmax")
            .addInput(input)
            .addOutput(output)
            .addAttribute(axis));
  }

  private void node(String type, String output, String... inputs) {
    graph.addNode(
        NodeProto.newBuilder().setOpType(type).addAllInput(List.of(inputs)).addOutput(output));
  }

  private static ValueInfoProto info(String name, TensorProto.DataType type, long... shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (long dimension : shape) {
      dimensions.addDim(
          dimension < 0
              ? Dimension.newBuilder().setDimParam("rows")
              : Dimension.newBuilder().setDimValue(dimension));
    }
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(dimensions).build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  private byte[] bytes() {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
        .setGraph(graph)
        .build()
        .toByteArray();
  }
}
