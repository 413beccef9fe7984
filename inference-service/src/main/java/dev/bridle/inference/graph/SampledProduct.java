package dev.bridle.inference.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;

/**
 * What a last layer makes of several rows h under the masks m of several samples, as one product:
 *
 * <pre>z[(r, c), t] = sum_u (h_ru w_uc) m_tu</pre>
 *
 * {@link #LOGITS} [rows C, T] is {@link #WEIGHTED} [rows C, K] times the transpose of {@link
 * #MASKS} [T, K]. No sum of it depends on how many rows there are.
 */
public final class SampledProduct {
  public static final String WEIGHTED = "bridle/weighted";
  public static final String MASKS = "bridle/masks";
  public static final String LOGITS = "bridle/logits";

  private static final int IR_VERSION = 8;
  private static final int OPSET = 13;

  private SampledProduct() {}

  /** The model of it. */
  public static byte[] model() {
    NodeProto product =
        Parts.node("Gemm", LOGITS, WEIGHTED, MASKS).toBuilder()
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("transB")
                    .setType(AttributeProto.AttributeType.INT)
                    .setI(1))
            .build();
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .setGraph(
            GraphProto.newBuilder()
                .setName("sampled product")
                .addNode(product)
                .addInput(matrix(WEIGHTED))
                .addInput(matrix(MASKS))
                .addOutput(matrix(LOGITS)))
        .build()
        .toByteArray();
  }

  private static ValueInfoProto matrix(String name) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT_VALUE)
                        .setShape(
                            TensorShapeProto.newBuilder()
                                .addDim(dimension(name + "/rows"))
                                .addDim(dimension(name + "/columns")))))
        .build();
  }

  private static TensorShapeProto.Dimension dimension(String name) {
    return TensorShapeProto.Dimension.newBuilder().setDimParam(name).build();
  }
}
