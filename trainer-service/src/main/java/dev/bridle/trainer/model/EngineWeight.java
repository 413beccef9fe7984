package dev.bridle.trainer.model;

import ai.djl.ndarray.NDArray;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * A weight on the engine, and the layer it belongs to. What a step reads of it stands in arrays and
 * views that are made once: each call of the engine costs some 20 microseconds, and a step of a
 * small network has not many.
 */
public final class EngineWeight {
  private static final float[] ZEROS = new float[4096];

  private final String layer;
  private final String name;
  private final NDArray array;
  private final boolean learned;
  private final FloatBuffer view;
  private float[] values;
  private NDArray gradient;
  private FloatBuffer gradientView;
  private float[] taken;

  EngineWeight(String layer, String name, NDArray array, boolean learned) {
    this.layer = layer;
    this.name = name;
    this.array = array;
    this.learned = learned;
    this.view = view(array);
    array.setRequiresGradient(learned);
  }

  public String layer() {
    return layer;
  }

  public String name() {
    return name;
  }

  public NDArray array() {
    return array;
  }

  /** By gradients, as the running statistics of a normalization are not. */
  public boolean learned() {
    return learned;
  }

  /** Whether it multiplies inputs, as biases and scales do not: what penalties speak of. */
  public boolean isMatrix() {
    return array.getShape().dimension() > 1;
  }

  /** The same memory, for changes that no gradient follows. */
  public NDArray untracked() {
    return array.stopGradient();
  }

  /** The engine's own memory: what is written to it is the weight. */
  public FloatBuffer view() {
    return view.rewind();
  }

  /** What it is now, row-major, in an array that the next call fills again. */
  public float[] values() {
    values = values == null ? new float[view.capacity()] : values;
    view.rewind().get(values);
    return values;
  }

  /**
   * The gradient that backward passes added up since it was last taken, in an array that the next
   * call fills again; the engine's is zero then.
   */
  public float[] takeGradient() {
    if (gradient == null) {
      // The engine keeps one array for the gradient of a weight and adds to it in place.
      gradient = array.getGradient();
      gradientView = view(gradient);
      taken = new float[gradientView.capacity()];
    }
    for (int from = 0; from < taken.length; from += ZEROS.length) {
      int count = Math.min(ZEROS.length, taken.length - from);
      gradientView.get(from, taken, from, count).put(from, ZEROS, 0, count);
    }
    return taken;
  }

  void close() {
    if (gradient != null) {
      gradient.close();
    }
    array.close();
  }

  private static FloatBuffer view(NDArray array) {
    return array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }
}
