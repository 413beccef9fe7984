package dev.bridle.inference.engine;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo.OnnxTensorType;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The element types of the Open Inference Protocol, and what ONNX Runtime's Java API calls them.
 */
public enum Datatype {
  BOOL(1, OnnxJavaType.BOOL, OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_BOOL),
  UINT8(1, OnnxJavaType.UINT8, OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8),
  UINT16(2, null, OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT16),
  UINT32(4, null, OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT32),
  UINT64(8, null, OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT64),
  INT8(1, OnnxJavaType.INT8, OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_INT8),
  INT16(2, OnnxJavaType.INT16, OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_INT16),
  INT32(4, OnnxJavaType.INT32, OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32),
  INT64(8, OnnxJavaType.INT64, OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64),
  FP16(2, OnnxJavaType.FLOAT16, OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16),
  FP32(4, OnnxJavaType.FLOAT, OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT),
  FP64(8, OnnxJavaType.DOUBLE, OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_DOUBLE),
  BYTES(0, OnnxJavaType.STRING, OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_STRING);

  private final int bytes;
  private final OnnxJavaType javaType;
  private final OnnxTensorType tensorType;

  Datatype(int bytes, OnnxJavaType javaType, OnnxTensorType tensorType) {
    this.bytes = bytes;
    this.javaType = javaType;
    this.tensorType = tensorType;
  }

  /** Of one element; 0 for BYTES, whose elements differ. */
  public int bytes() {
    return bytes;
  }

  /** Whether a request can give it: the API reads every one, but can't make some. */
  boolean isGivable() {
    return javaType != null;
  }

  OnnxJavaType javaType() {
    return javaType;
  }

  /** Empty for a type that this service doesn't serve. */
  static Optional<Datatype> of(OnnxTensorType type) {
    return Stream.of(values()).filter(candidate -> candidate.tensorType == type).findFirst();
  }

  /** Empty for a name that the protocol doesn't know. */
  public static Optional<Datatype> named(String name) {
    return Stream.of(values()).filter(type -> type.name().equals(name)).findFirst();
  }
}
