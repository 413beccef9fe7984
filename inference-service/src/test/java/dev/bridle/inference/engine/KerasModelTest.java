package dev.bridle.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.bridle.inference.mask.MaskMethods;
import dev.bridle.inference.uncertainty.Moments;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Models in the shape that tf2onnx writes for Keras' {@code Sequential} of Dense, Dropout and
 * Dense, made here node by node, for no exporter of Keras runs in this build. What tf2onnx does
 * with Dropout is read from its source, {@code tf2onnx/rewriter/dropout_rewriter.py}: it finds
 * TensorFlow's random mask, makes a Dropout of it and removes that, in inference and in training
 * mode alike (its issue 1845). So Dropout is put in again behind the export.
 */
class KerasModelTest {
  private static final String HIDDEN = "sequential/dense/Relu:0";
  private static final float[] FIRST = {1, -1, 0.5f, 2, 1, 0, -2, 1};
  private static final float[] SECOND = {1, 2, 3, -1};

  @Test
  void asItIsExportedItIsServedPlainlyAndSaysWhyItCantBeSampled() {
    try (ServableModel model = ModelLoader.load(exported(List.of()))) {
      assertThat(model.inputs())
          .containsExactly(new TensorSpec("dense_input", Datatype.FP32, List.of(-1L, 2L)));
      assertThat(answer(model)).isCloseTo(1.25f, within(1e-5f));
      assertThat(model.samplingRefusal())
          .hasValueSatisfying(
              reason -> assertThat(reason).contains("training_mode a constant true"));
    }
  }

  /** y = sum of w h m / (1 - p) with p = 0.5: mean w . h + b, variance sum of (w h)^2. */
  @Test
  void withItsDropoutPutInAgainItIsSampled() {
    NodeProto dropout =
        NodeProto.newBuilder()
            .setName("dropout")
            .setOpType("Dropout")
            .addAllInput(List.of(HIDDEN, "ratio", "training_mode"))
            .addOutput("dropout:0")
            .build();
    try (ServableModel model = ModelLoader.load(exported(List.of(dropout)))) {
      assertThat(model.samplingRefusal()).isEmpty();
      assertThat(answer(model)).isCloseTo(1.25f, within(1e-5f));
      Moments moments =
          model
              .sample(request(), SamplingPlan.of(MaskMethods.INDEPENDENT, 10_000, 5))
              .outputs()
              .get("dense_1")
              .moments();
      double variance = 4 * 4 + 3 * 3;
      assertThat(moments.mean(0, 0)).isCloseTo(1.25, within(5 * Math.sqrt(variance / 10_000)));
      assertThat(moments.variance(0, 0)).isCloseTo(variance, within(0.1 * variance));
    }
  }

  private static Map<String, Tensor> request() {
    return Map.of("dense_input", Tensor.floats(List.of(1L, 2L), new float[] {1, 2}));
  }

  private static float answer(ServableModel model) {
    return model.answer(request(), Set.of("dense_1")).get("dense_1").floats()[0];
  }

  /**
   * @param behindHidden what reads the hidden layer in place of the last one, and its output last
   */
  private static byte[] exported(List<NodeProto> behindHidden) {
    String read = behindHidden.isEmpty() ? HIDDEN : behindHidden.get(0).getOutput(0);
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .setName("tf2onnx")
            .addInput(info("dense_input", 2))
            .addOutput(info("dense_1", 1))
            .addInitializer(floats("sequential/dense/MatMul/ReadVariableOp:0", FIRST, 2, 4))
            .addInitializer(
                floats("sequential/dense/BiasAdd/ReadVariableOp:0", new float[] {1, 0, 1, -1}, 4))
            .addInitializer(floats("sequential/dense_1/MatMul/ReadVariableOp:0", SECOND, 4, 1))
            .addInitializer(
                floats("sequential/dense_1/BiasAdd/ReadVariableOp:0", new float[] {0.25f}, 1));
    graph.addNode(
        node(
            "MatMul",
            "sequential/dense/MatMul",
            "dense_input",
            "sequential/dense/MatMul/ReadVariableOp:0"));
    graph.addNode(
        node(
            "Add",
            "sequential/dense/BiasAdd",
            "sequential/dense/MatMul:0",
            "sequential/dense/BiasAdd/ReadVariableOp:0"));
    graph.addNode(node("Relu", "sequential/dense/Relu", "sequential/dense/BiasAdd:0"));
    if (!behindHidden.isEmpty()) {
      graph.addAllNode(behindHidden);
      graph.addInitializer(floats("ratio", new float[] {0.5f}));
      graph.addInitializer(
          TensorProto.newBuilder()
              .setName("training_mode")
              .setDataType(TensorProto.DataType.BOOL_VALUE)
              .addInt32Data(1));
    }
    graph.addNode(
        node(
            "MatMul",
            "sequential/dense_1/MatMul",
            read,
            "sequential/dense_1/MatMul/ReadVariableOp:0"));
    graph.addNode(
        node(
                "Add",
                "sequential/dense_1/BiasAdd",
                "sequential/dense_1/MatMul:0",
                "sequential/dense_1/BiasAdd/ReadVariableOp:0")
            .toBuilder()
            .setOutput(0, "dense_1"));
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .setProducerName("tf2onnx")
        .setProducerVersion("1.16.1")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(15))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static NodeProto node(String type, String name, String... inputs) {
    return NodeProto.newBuilder()
        .setName(name)
        .setOpType(type)
        .addAllInput(List.of(inputs))
        .addOutput(name + ":0")
        .build();
  }

  private static TensorProto floats(String name, float[] values, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT_VALUE);
    for (long dimension : shape) {
      tensor.addDims(dimension);
    }
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return tensor.build();
  }

  private static ValueInfoProto info(String name, int columns) {
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT_VALUE)
            .setShape(
                TensorShapeProto.newBuilder()
                    .addDim(Dimension.newBuilder().setDimParam("unk__8"))
                    .addDim(Dimension.newBuilder().setDimValue(columns)))
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
