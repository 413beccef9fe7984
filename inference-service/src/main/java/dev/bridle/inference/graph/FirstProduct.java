package dev.bridle.inference.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Optional;

/**
 * The product right behind a Dropout whose data h is known before any mask, {@code z = (m h) W +
 * b}, where a sample's own work begins. It can be had for less:
 *
 * <ul>
 *   <li>units where h is 0, as ReLU leaves half of them, add nothing: their rows of W are left out;
 *   <li>at p = 0.5 a pair of opposite masks sums up to 2, so {@code z' = 2 (h W + b) - z}: with one
 *       row for h itself, half of the product. Equal to the product up to rounding, for finite h.
 * </ul>
 */
public final class FirstProduct {
  /** The input that holds the units' numbers, INT32 [n], where the form is over active ones. */
  public static final String UNITS = "bridle/units";

  /** The input that holds the product's rows, where the form is the given one. */
  public static final String ROWS = "bridle/rows";

  private static final String WEIGHTS = "bridle/weights";
  private static final String ACTIVE_WEIGHTS = "bridle/active-weights";
  private static final String BIAS = "bridle/bias";
  private static final String FIRSTS = "bridle/firsts";
  private static final String ZERO = "bridle/zero";

  private final Dropout dropout;
  private final Product product;

  private FirstProduct(Dropout dropout, Product product) {
    this.dropout = dropout;
    this.product = product;
  }

  /** Empty unless W is finite, for 0 times infinity isn't 0. */
  static Optional<FirstProduct> of(Dropout dropout, Products products) {
    return products
        .of(dropout.output())
        .filter(product -> isFinite(product.weights().values()))
        .map(product -> new FirstProduct(dropout, product));
  }

  private static boolean isFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /** The Dropout whose output the rows of the product are. */
  public Dropout dropout() {
    return dropout;
  }

  /** How many numbers a row of h has. */
  public int units() {
    return product.weights().rows();
  }

  /** How many it gives. */
  public int columns() {
    return product.weights().columns();
  }

  /** W, [units, columns] row-major; not to be changed. */
  public float[] weights() {
    return product.weights().values();
  }

  /** b, [columns]; not to be changed. */
  public float[] bias() {
    return product.bias();
  }

  String output() {
    return product.output();
  }

  /**
   * Writes the product into the graph in the form. In pairs the first row is h itself, and the rows
   * behind it the first samples; the product has twice as many, its second half those rows' mirror
   * images.
   */
  void write(ProductForm form, GraphProto.Builder to) {
    if (form == ProductForm.GIVEN) {
      to.addInput(input(ROWS, TensorProto.DataType.FLOAT_VALUE));
      to.addNode(Parts.node("Identity", product.output(), ROWS));
      return;
    }
    Matrix weights = product.weights();
    to.addInitializer(Parts.floats(WEIGHTS, weights.values(), weights.rows(), weights.columns()));
    to.addInitializer(Parts.floats(BIAS, product.bias(), weights.columns()));
    if (form.isActive()) {
      to.addInput(input(UNITS, TensorProto.DataType.INT32_VALUE));
      to.addNode(Parts.node("Gather", ACTIVE_WEIGHTS, WEIGHTS, UNITS));
    }
    String used = form.isActive() ? ACTIVE_WEIGHTS : WEIGHTS;
    if (!form.isPaired()) {
      to.addNode(Parts.node("Gemm", product.output(), dropout.output(), used, BIAS));
      return;
    }
    to.addInitializer(
        TensorProto.newBuilder()
            .setName(ZERO)
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(1)
            .addInt64Data(0));
    to.addNode(Parts.node("Gemm", FIRSTS, dropout.output(), used, BIAS));
    to.addNode(Parts.node("Gather", "bridle/plain", FIRSTS, ZERO));
    to.addNode(Parts.node("Add", "bridle/sum", "bridle/plain", "bridle/plain"));
    to.addNode(Parts.node("Sub", "bridle/seconds", "bridle/sum", FIRSTS));
    to.addNode(
        Parts.node("Concat", product.output(), FIRSTS, "bridle/seconds").toBuilder()
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("axis")
                    .setType(AttributeProto.AttributeType.INT)
                    .setI(0)));
  }

  private static ValueInfoProto input(String name, int type) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder().setTensorType(TypeProto.Tensor.newBuilder().setElemType(type)))
        .build();
  }
}
